import type { Instance } from "../../model/instance";
import { member } from "../../model/value";

/**
 * A create that stops a machine for a while, though nothing of the machine changes.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html NoReboot
 */
export function restartsMachine({ type, values }: Instance): boolean {
  return type === IMAGE && member(values, "snapshot_without_reboot") !== true;
}

/** Nothing of these is a hop's: only their steps matter. */
export function isImage(type: string): boolean {
  return type === IMAGE;
}

const IMAGE = "aws_ami_from_instance";
