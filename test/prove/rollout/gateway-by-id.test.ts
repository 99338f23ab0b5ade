import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ID = "igw-0123456789abcdef0";

/** The site by a gateway that is known by its id, and which this block attaches. */
function site(block: string | undefined): object {
  const route = (more: object) => ({
    route_table_id: "${aws_route_table.public.id}",
    gateway_id: ID,
    ...more,
  });
  const own: Blocks = {
    aws_internet_gateway: { main: {} },
    aws_route: {
      internet: route({ destination_cidr_block: "0.0.0.0/0" }),
      internet6: route({ destination_ipv6_cidr_block: "::/0" }),
    },
  };
  const attachment = { internet_gateway_id: ID, vpc_id: "${aws_vpc.main.id}" };
  const attached = block === undefined ? {} : { [block]: attachment };
  return web(own, { aws_internet_gateway_attachment: attached });
}

describeWithTerraform("a gateway that is known by its id", () => {
  it("is detached between two blocks that attach it", async () => {
    const change = await changeOf(site("old"), site("new"));
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_internet_gateway_attachment.old"],
    });
  });

  it("is detached where the block that attaches it goes for good", async () => {
    const { paths } = (await changeOf(site("old"), site(undefined))).review();
    expect(paths.map(({ availability }) => availability.verdict)).toEqual(["refuted"]);
  });

  it("is taken to be attached where no block does", async () => {
    const { paths } = (await changeOf(site(undefined), site(undefined))).review();
    expect(paths.map(({ availability }) => availability.verdict)).toEqual(["proved"]);
  });
});
