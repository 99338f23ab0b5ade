import { UNSET } from "../../model/value";
import { attribute, type Block, bodyOf, nestedBlocks } from "../attributes";

/** Whether a redirect keeps a part of a request: left out, the same placeholder, or such a text. */
function keeper(action: Block): (name: string, ...same: readonly unknown[]) => boolean {
  const [redirect] = nestedBlocks(action, "redirect").blocks;
  return (name, ...same) => {
    const value = redirect === undefined ? UNSET : attribute(redirect, name);
    return value.kind === "unset" || (value.kind === "known" && same.includes(String(value.value)));
  };
}

function keepsUrl(keeps: ReturnType<typeof keeper>): boolean {
  return keeps("host", "#{host}") && keeps("path", "/#{path}") && keeps("query", "#{query}");
}

/** Whether a redirect leads every request to the listener that made it: visitors go round. */
export function leadsBack(action: Block): boolean {
  const [redirect] = nestedBlocks(action, "redirect").blocks;
  const keeps = keeper(action);
  const own = bodyOf(action.instance);
  const [port, protocol] = ["port", "protocol"].map((name) => attribute(own, name));
  return (
    redirect !== undefined &&
    keepsUrl(keeps) &&
    keeps("port", "#{port}", port?.kind === "known" ? String(port.value) : undefined) &&
    keeps("protocol", "#{protocol}", protocol?.kind === "known" ? protocol.value : undefined)
  );
}

/** Whether a listener sends every request to the same URL by https, on the usual port. */
export function leadsToHttps(listener: Block): boolean {
  const { blocks, open } = nestedBlocks(listener, "default_action");
  const [action, ...others] = blocks;
  const [redirect] = action === undefined ? [] : nestedBlocks(action, "redirect").blocks;
  if (action === undefined || redirect === undefined || open || others.length > 0) {
    return false;
  }
  const is = (name: string, wanted: string) => {
    const value = attribute(redirect, name);
    return value.kind === "known" && String(value.value).toUpperCase() === wanted;
  };
  return keepsUrl(keeper(action)) && is("protocol", "HTTPS") && is("port", "443");
}
