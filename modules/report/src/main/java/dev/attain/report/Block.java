package dev.attain.report;

import java.util.List;

/** A piece of the report, independent of the view that shows it. */
sealed interface Block {

  /** The answer: sentences that stand before everything else. */
  record Lead(List<String> sentences) implements Block {}

  /** Something the reader must not overlook. */
  record Notice(String text) implements Block {}

  /** Opens a section. */
  record Heading(String text) implements Block {}

  /** A paragraph. */
  record Text(String text) implements Block {}

  /** A table. */
  record Rows(Table table) implements Block {}

  /** Pictures that stand side by side where there is room; the first of three or more is the main one. */
  record Charts(List<? extends Figure> charts) implements Block {}

  /** Text in the letters of a terminal. */
  record Code(String text) implements Block {}

  /**
   * Blocks that a view may keep folded until asked.
   *
   * @param open whether they are not folded at first
   */
  record Folded(String title, List<Block> blocks, boolean open) implements Block {
    /** Folded at first. */
    Folded(String title, List<Block> blocks) {
      this(title, blocks, false);
    }
  }
}
