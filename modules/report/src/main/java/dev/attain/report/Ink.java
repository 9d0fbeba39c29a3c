package dev.attain.report;

/**
 * A colour by its meaning. Views that follow the reader's light or dark setting look the meaning up; a picture on white
 * paper uses {@link #onWhite}.
 */
enum Ink {
  TEXT("text", 0x1c1e21), MUTED("muted", 0x5f6670), GRID("grid", 0xe3e6ea), LEVEL("level", 0x8a9099), RED("red",
      0xc62828), BLUE("blue", 0x1565c0), GREEN("green", 0x2e7d32), ORANGE("orange",
          0xa15c00), VIOLET("violet", 0x6a1b9a), TEAL("teal", 0x00727d);

  /** Name of the colour in the style sheet. */
  final String name;
  /** Red, green and blue, eight bits each. */
  final int onWhite;

  Ink(String name, int onWhite) {
    this.name = name;
    this.onWhite = onWhite;
  }
}
