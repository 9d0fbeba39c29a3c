package dev.attain.simulator;

/**
 * One flag of the command line.
 *
 * @param name
 *          with its two dashes
 * @param value
 *          what its value is called in the help; empty for a flag without one
 * @param meaning
 *          one line for the help, with the default
 */
record Flag(String name, String value, String meaning) {

  boolean takesValue() {
    return !value.isEmpty();
  }
}
