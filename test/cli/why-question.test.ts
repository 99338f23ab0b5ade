import { parseQuestion } from "../../lib/cli/why-question";

describe("the address and port of a question", () => {
  it.each([
    ["131.0.72.1:443", "131.0.72.1", 4, 443],
    ["203.0.113.9:1", "203.0.113.9", 4, 1],
    ["[2606:4700::1]:443", "2606:4700::1", 6, 443],
    ["[2606:4700:0:0:0:0:0:1]:65535", "2606:4700::1", 6, 65535],
  ])("%s", (text, address, family, port) => {
    expect(parseQuestion(text)).toMatchObject({ address: { text: address, family }, port });
  });

  it.each([
    ["131.0.72.1", "has no port; write 131.0.72.1:443"],
    ["[2606:4700::1]", "has no port; write [2606:4700::1]:443"],
    ["131.0.72.1:", "a port is 1 to 65535; write 131.0.72.1:443"],
    ["131.0.72.1:0", "a port is 1 to 65535"],
    ["131.0.72.1:65536", "a port is 1 to 65535"],
    ["131.0.72.1:0443", "a port is 1 to 65535"],
    ["131.0.72.1:https", "a port is 1 to 65535"],
    ["131.0.72.1:+443", "a port is 1 to 65535"],
    ["2606:4700::1:443", "an IPv6 address has brackets"],
    ["2606:4700::1", "an IPv6 address has brackets"],
    ["[131.0.72.1]:443", "an IPv4 address has no brackets; write 131.0.72.1:443"],
    ["[::ffff:131.0.72.1]:443", "it is IPv4 written as IPv6; write 131.0.72.1:443"],
    ["[::ffff:8300:4801]:443", "it is IPv4 written as IPv6; write 131.0.72.1:443"],
    ["131.0.72.0/22:443", "ask about one address"],
    ["[2606:4700::/32]:443", "ask about one address"],
    ["131.0.072.1:443", "leading zero"],
    ["131.0.72:443", "four decimal parts"],
    ["origin.example.com:443", "four decimal parts"],
    ["https://131.0.72.1:443", "brackets"],
    ["[fe80::1%eth0]:443", "zone id"],
    ["[]:443", "is empty"],
    [":443", "is empty"],
    ["", "is empty"],
    ["[[::1]]:443", "write an address and a TCP port"],
    ["131.0.72.1:443 ", "a port is 1 to 65535"],
    ["\u202e131.0.72.1:443", "outside ASCII"],
    ["__proto__:443", "four decimal parts"],
    [`${"1".repeat(1_000_000)}:443`, "write an address and a TCP port"],
  ])("%s is refused", (text, problem) => {
    expect(() => parseQuestion(text)).toThrow(
      expect.objectContaining({ name: "UsageError", message: expect.stringContaining(problem) }),
    );
    expect(() => parseQuestion(text)).toThrow(/^.{1,300}$/s);
  });
});
