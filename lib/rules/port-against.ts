/**
 * Whether a scheme is spoken to the port that the other one has. Other ports are anybody's: many
 * servers speak plain HTTP on 8443.
 */
export function portAgainst(scheme: "http" | "https", port: number): boolean {
  return port === (scheme === "http" ? 443 : 80);
}
