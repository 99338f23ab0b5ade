export { ConfigurationError } from "./configuration-error";
