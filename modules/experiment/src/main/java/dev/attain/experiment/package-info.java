/** The definition of an experiment: HOCON read once into validated immutable records. */
package dev.attain.experiment;
