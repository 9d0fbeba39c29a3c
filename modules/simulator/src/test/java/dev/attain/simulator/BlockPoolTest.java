package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockPoolTest {

  private static final int BLOCK = 4;

  private final BlockPool pool = new BlockPool(6, BLOCK);

  @Test
  void aSequenceThatBeginsLikeAnotherUsesItsBlocks() {
    BlockList first = computed(names(1, 2, 3, 4, 5, 6, 7, 8, 9), 9);
    BlockList second = new BlockList();

    int found = pool.reserve(second, names(1, 2, 3, 4, 5, 6, 7, 8, 100, 101), 10, 0);

    assertThat(found).isEqualTo(8);
    assertThat(second.ids()).startsWith(first.id(0), first.id(1)).hasSize(3);
    assertThat(second.id(2)).isNotEqualTo(first.id(2));
    assertThat(pool.used()).as("two shared, two of their own").isEqualTo(4);
  }

  @Test
  void aSharedBlockIsFreeWhenItsLastUserHasLeft() {
    BlockList first = computed(names(1, 2, 3, 4, 5), 5);
    BlockList second = new BlockList();
    pool.reserve(second, names(1, 2, 3, 4, 6), 5, 0);

    pool.release(first);
    assertThat(pool.used()).isEqualTo(2);
    pool.release(second);
    assertThat(pool.used()).isZero();
  }

  @Test
  void whatWasGivenBackIsFoundAgainUntilItsBlocksAreNeeded() {
    pool.release(computed(names(1, 2, 3, 4, 5), 5));
    assertThat(found(names(1, 2, 3, 4, 5), 5)).isEqualTo(4);

    BlockList all = new BlockList();
    pool.grow(all, 6 * BLOCK);
    pool.release(all);

    assertThat(found(names(1, 2, 3, 4, 5), 5)).isZero();
  }

  @Test
  void theBlockGivenBackLongestAgoIsHandedOutFirstAndTheEndOfASequenceBeforeItsBeginning() {
    pool.release(computed(names(1, 1, 1, 1, 2, 2, 2, 2, 3), 9));
    pool.release(computed(names(7, 7, 7, 7, 8), 5));

    BlockList newcomer = new BlockList();
    pool.grow(newcomer, 3 * BLOCK);

    assertThat(found(names(1, 1, 1, 1, 9), 5)).isEqualTo(4);
    assertThat(found(names(7, 7, 7, 7, 8), 5)).isEqualTo(4);
    assertThat(found(names(1, 1, 1, 1, 2, 2, 2, 2, 3), 9)).as("one block was never used, two were the older's last")
        .isEqualTo(4);
  }

  @Test
  void theLastTokenIsNeverFound() {
    pool.release(computed(names(1, 2, 3, 4, 5, 6, 7, 8), 8));

    assertThat(found(names(1, 2, 3, 4, 5, 6, 7, 8), 8)).isEqualTo(4);
    assertThat(found(names(1, 2, 3, 4), 4)).isZero();
  }

  @Test
  void blocksThatAreFoundButFreeCountAgainstWhatHasToBeLeft() {
    pool.release(computed(names(1, 2, 3, 4, 5), 5));
    BlockList other = new BlockList();
    pool.grow(other, 4 * BLOCK);
    BlockList refused = new BlockList();

    assertThat(pool.reserve(refused, names(1, 2, 3, 4, 5), 5, 1)).isEqualTo(-1);
    assertThat(refused.size()).isZero();
    assertThat(pool.free()).isEqualTo(2);
    assertThat(pool.reserve(refused, names(1, 2, 3, 4, 5), 5, 0)).isEqualTo(4);
    assertThat(pool.free()).isZero();
  }

  @Test
  void withoutNamesNothingIsFound() {
    pool.release(computed(BlockNames.NONE, 9));

    assertThat(found(BlockNames.NONE, 9)).isZero();
  }

  @Test
  void aNameStandsForEverythingBeforeItAndForItsSalt() {
    assertThat(names(1, 2, 3, 4, 5, 6, 7, 8).of(1)).isEqualTo(names(1, 2, 3, 4, 5, 6, 7, 8, 9).of(1))
        .isNotEqualTo(names(9, 2, 3, 4, 5, 6, 7, 8).of(1)).isNotEqualTo(names(2, 1, 3, 4, 5, 6, 7, 8).of(1))
        .isNotEqualTo(BlockNames.of(new int[]{1, 2, 3, 4, 5, 6, 7, 8}, ordinal -> 0, BLOCK, 1).of(1));
  }

  @Test
  void generatedTokensAreNamedAsIfTheyHadBeenGiven() {
    BlockNames generated = BlockNames.of(new int[]{1, 2, 3}, ordinal -> ordinal + 3, BLOCK, 0);

    assertThat(generated.of(2)).isEqualTo(names(IntStream.rangeClosed(1, 12).toArray()).of(2));
  }

  private BlockList computed(BlockNames names, int tokens) {
    BlockList list = new BlockList();
    assertThat(pool.reserve(list, names, tokens, 0)).isZero();
    pool.name(list, names, 0, tokens);
    return list;
  }

  private int found(BlockNames names, int tokens) {
    BlockList list = new BlockList();
    int found = pool.reserve(list, names, tokens, 0);
    pool.release(list);
    return found;
  }

  private static BlockNames names(int... ids) {
    return BlockNames.of(ids, ordinal -> 0, BLOCK, 0);
  }
}
