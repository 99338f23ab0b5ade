import { isObject, type JsonObject, member } from "../model/value";
import { InputError } from "./input-error";
import { readPlan } from "./plan";
import type { ReadInput } from "./snapshot";
import { readState } from "./state";
import { readSynth } from "./synth";

const SHOW = "terraform show -json <plan file>";

/**
 * Reads one JSON document of Terraform's, whichever it is: plan, state or configuration.
 *
 * @param text the document
 * @param label how reports and errors call it
 * @throws InputError where it is none of them, in one line that says what to do
 */
export function parseInput(text: string, label: string): ReadInput {
  const json = parseJson(text, label);
  if (!isObject(json)) {
    throw new InputError(label, `is JSON but no Terraform JSON; give the output of '${SHOW}'`);
  }
  if ("@level" in json) {
    throw logLines(label);
  }
  if (Object.hasOwn(json, "format_version")) {
    return readFormatted(json, label);
  }
  if (["resource", "data", "terraform", "provider", "output"].some((key) => isObject(json[key]))) {
    return readSynth(json, label);
  }
  throw new InputError(label, unknownKind(json));
}

function parseJson(text: string, label: string): unknown {
  if (text.trim() === "") {
    throw new InputError(label, `is empty; give the output of '${SHOW}'`);
  }
  try {
    return JSON.parse(text);
  } catch {
    if (/^\s*\{"@level":/.test(text)) {
      throw logLines(label);
    }
    throw new InputError(label, `is no JSON, or was cut off; give the output of '${SHOW}'`);
  }
}

function logLines(label: string): InputError {
  const made = "holds the log lines of 'terraform plan -json'";
  return new InputError(label, `${made}; save the plan with -out and give '${SHOW}'`);
}

function readFormatted(json: JsonObject, label: string): ReadInput {
  const version = member(json, "format_version");
  if (typeof version !== "string" || !/^[01]\.\d+$/.test(version)) {
    const got = JSON.stringify(version)?.slice(0, 20);
    const known = "this version of originproof reads 0.x and 1.x";
    throw new InputError(label, `has format_version ${got}; ${known}`);
  }
  if (["planned_values", "resource_changes"].some((key) => Object.hasOwn(json, key))) {
    return readPlan(json, label);
  }
  if (Object.hasOwn(json, "values")) {
    return readState(json, label);
  }
  if (Object.hasOwn(json, "configuration") || Object.hasOwn(json, "terraform_version")) {
    return readPlan(json, label);
  }
  throw new InputError(label, `has a format_version but neither plan nor state; give '${SHOW}'`);
}

function unknownKind(json: JsonObject): string {
  if (Object.hasOwn(json, "lineage") || Object.hasOwn(json, "serial")) {
    return "is a raw state; give the output of 'terraform show -json' without a plan file";
  }
  if (Object.hasOwn(json, "schemaVersion") && Object.hasOwn(json, "findings")) {
    return "is a review of originproof; give the plan that it was made from, and the review to --base";
  }
  if (Object.hasOwn(json, "stacks")) {
    return "is the manifest of cdktf; give the folder that holds it, such as cdktf.out";
  }
  return `is JSON but no Terraform JSON; give the output of '${SHOW}'`;
}
