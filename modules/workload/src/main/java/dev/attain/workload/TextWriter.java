package dev.attain.workload;

import java.nio.charset.StandardCharsets;

/**
 * Prompts of random short English words, as many as tokens were asked for.
 *
 * <p>Each of the words, with the space before it, is a single token in the vocabularies r50k (also that of GPT-2 and
 * OPT), p50k, cl100k and o200k, and such frequent words are in most others; so a word is a token, give or take a few
 * in a hundred and the beginning-of-text token or chat template that the engine adds. Exact lengths need token ids.
 */
final class TextWriter implements PromptWriter {
  private static final int BITS_PER_WORD = 8;
  private static final int WORDS_PER_DRAW = Long.SIZE / BITS_PER_WORD;
  private static final int LONGEST_WORD_AND_SPACE = 8;

  /** As many words as a byte can tell apart. */
  private static final String WORDS = """
    about after again against all almost also always an and another any are area around as at away back be because
    been before being best better between black blue book both but by called can case change child city come could
    course day did do does done down during each early east end even every fact far few field find first for form
    found four from general get give go going gold good got great green group had hand has have he head her here
    high him his home house how if in into is it just keep king know large last later left less level life light
    like line little long look made make man many may me men might money moon more most much music must my never new
    next night no north not nothing now number of off often old on once one only open or order other our out over
    own paper part people place point power public put red report right river road room said same say school sea
    second see set she should side since small so some south star state still stone story study such sun table take
    than that the their them then there these they things think this those though thought three through time to too
    tree two under until up upon us use used very want was water way we well went were west what when where which
    while white who why will wind with without word work world would year years yet you young your""";

  private static final byte[][] SPELLINGS = spellings();

  @Override
  public Prompt write(int tokens, long head, long body) {
    byte[] text = new byte[Math.multiplyExact(tokens, LONGEST_WORD_AND_SPACE)];
    int headTokens = Math.min(tokens, HEAD_TOKENS);
    int end = append(text, 0, headTokens, head);
    end = append(text, end, tokens - headTokens, body);
    return new Prompt.Text(new String(text, 0, end - 1, StandardCharsets.ISO_8859_1));
  }

  /** Appends words, each with a space behind it, and returns where they end. */
  private static int append(byte[] text, int start, int words, long stream) {
    int end = start;
    long bits = 0;
    for (int word = 0; word < words; word++) {
      bits = word % WORDS_PER_DRAW == 0 ? CounterRandom.bits(stream, word) : bits >>> BITS_PER_WORD;
      byte[] spelling = SPELLINGS[(int) bits & 0xFF];
      System.arraycopy(spelling, 0, text, end, spelling.length);
      end += spelling.length;
    }
    return end;
  }

  private static byte[][] spellings() {
    String[] words = WORDS.strip().split("\\s+");
    byte[][] spellings = new byte[words.length][];
    for (int word = 0; word < words.length; word++) {
      spellings[word] = (words[word] + " ").getBytes(StandardCharsets.ISO_8859_1);
    }
    return spellings;
  }
}
