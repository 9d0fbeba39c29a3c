package dev.attain.cluster;

import dev.attain.experiment.Experiment;

/**
 * The run that everything belongs to.
 *
 * @param id different for every run; goes into prompts, so that no cache of an earlier run can answer
 */
record RunContext(String id, Experiment experiment) {}
