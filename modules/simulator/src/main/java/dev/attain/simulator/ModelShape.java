package dev.attain.simulator;

/**
 * The dimensions of a transformer that decide what a step costs.
 *
 * @param sharedParameters
 *          parameters inside the layers that every token passes, without embeddings
 * @param totalParameters
 *          everything that is loaded into memory, embeddings included
 * @param contextTokens
 *          longest prompt plus output the model was trained for
 */
record ModelShape(String name, int layers, int hidden, int queryHeads, int kvHeads, int headSize, int vocabulary,
    double sharedParameters, Experts experts, double totalParameters, int contextTokens, Precision precision) {

  /** The routed part of a mixture of experts; a dense model has none of it. */
  record Experts(int count, int perToken, double parameters) {

    static final Experts NONE = new Experts(1, 1, 0);
  }

  /** Keys and values of one token over all layers, in bytes. */
  long kvBytesPerToken() {
    return 2L * layers * kvHeads * headSize * precision.kvBytes();
  }

  /** Everything that is loaded into memory, in bytes. */
  double weightBytes() {
    double layerParameters = sharedParameters + experts.parameters();
    return layerParameters * precision.weightBytes() + (totalParameters - layerParameters) * 2;
  }

  /** The same model with numbers of another size. */
  ModelShape in(Precision other) {
    return new ModelShape(name, layers, hidden, queryHeads, kvHeads, headSize, vocabulary, sharedParameters, experts,
        totalParameters, contextTokens, other);
  }

  /** Parameters that one token is multiplied with. */
  double activeParameters() {
    return sharedParameters + experts.parameters() * experts.perToken() / experts.count();
  }

  /**
   * Parameters that are read from memory when that many tokens pass together. With random routing an expert stays
   * untouched by m tokens with probability (1 - k/E)^m.
   */
  double touchedParameters(int tokens) {
    if (experts.parameters() == 0) {
      return sharedParameters;
    }
    double untouched = Math.pow(1 - (double) experts.perToken() / experts.count(), tokens);
    return sharedParameters + experts.parameters() * (1 - untouched);
  }
}
