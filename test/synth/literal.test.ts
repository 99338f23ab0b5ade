import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import fc from "fast-check";
import { ConfigurationError } from "../../lib/synth/configuration-error";
import { escapeTemplate, isUnresolved, requireLiteral } from "../../lib/synth/literal";
import { present } from "../../lib/synth/present";
import { errorOf } from "../support/synth";

function variable(): TerraformVariable {
  return new TerraformVariable(new TerraformStack(Testing.app(), "shop"), "v", { type: "string" });
}

describe("isUnresolved", () => {
  it("finds tokens at any depth, where cdktf looks at the surface", () => {
    const deep = { ports: [1, { name: `a-${variable().stringValue}` }] };
    expect(Token.isUnresolved(deep)).toBe(false);
    expect(isUnresolved(deep)).toBe(true);
    expect(isUnresolved([variable().numberValue])).toBe(true);
    expect(isUnresolved(variable().listValue)).toBe(true);
  });

  it("counts a hand-written reference as a token", () => {
    expect(isUnresolved("a ${var.x}")).toBe(true);
  });

  it.each([["plain"], [0], [""], [null], [undefined], [{ a: ["$", "{"] }]])(
    "passes %j",
    (value) => {
      expect(isUnresolved(value)).toBe(false);
    },
  );
});

describe("requireLiteral", () => {
  it("gives the value back", () => {
    expect(requireLiteral("port", 443, "443")).toBe(443);
  });

  it("never prints what a token holds", () => {
    const error = errorOf(() => requireLiteral("secret", `x${variable().stringValue}`, '"a"'));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).not.toContain("TfToken");
  });
});

describe("escapeTemplate", () => {
  it("escapes both kinds of template and keeps cdktf's tokens", () => {
    const token = variable().stringValue;
    expect(escapeTemplate(`\${a} %{b} ${token} $ { % {`)).toBe(`$\${a} %%{b} ${token} $ { % {`);
  });

  it("leaves text without templates alone", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[$%]\{/.test(text)),
        (text) => {
          expect(escapeTemplate(text)).toBe(text);
        },
      ),
    );
  });
});

describe("present", () => {
  it("drops members that are undefined, and no others", () => {
    expect(present({ a: undefined, b: null, c: 0, d: "" })).toEqual({ b: null, c: 0, d: "" });
  });
});

describe("ConfigurationError", () => {
  it("has a code and, with a scope, the construct's path", () => {
    const scope = new TerraformStack(Testing.app(), "shop");
    const error = new ConfigurationError("some-code", "'a' is 1; use 2", scope);
    expect(error).toMatchObject({
      name: "ConfigurationError",
      code: "some-code",
      constructPath: "shop",
      message: "[shop] 'a' is 1; use 2",
    });
    const bare = new ConfigurationError("some-code", "'a' is 1; use 2");
    expect(bare.message).toBe("'a' is 1; use 2");
    expect(bare.constructPath).toBeUndefined();
  });
});
