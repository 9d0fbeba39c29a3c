/**
 * The definition of an experiment: a HOCON file read once into validated immutable records.
 *
 * <p>{@link dev.attain.experiment.ExperimentReader} is the way in, {@link dev.attain.experiment.Experiment} the way
 * out. Whoever holds an {@code Experiment} needs to check nothing again.
 *
 * <h2>Invariants</h2>
 * <ul>
 * <li>{@code conf/reference.conf} is the only place of a key, its default and its unit. It is packaged as it is and
 * read as the defaults, so that the manual cannot differ from what happens. A key that is read but not there stops
 * the reading at once; a key there that nobody reads fails a test.
 * <li>All problems come together, each a sentence with its place (file and line, {@code -D key}, or the environment
 * variable), its key, what is wrong and what would be right. Reading goes on past a problem with a valid stand-in,
 * which never leaves this package.
 * <li>Everything a user wrote has an effect or is a problem: unknown keys, and keys that mean nothing beside the kind
 * chosen.
 * <li>No secret is in any record: an API key is known by the name of its environment variable. URLs with a password
 * and arguments that carry a key are refused, because both would reach the bundle.
 * </ul>
 *
 * <h2>How it is read</h2>
 * <ol>
 * <li>{@code ConfigurationFile}: the text, its includes, the overrides, the environment put in.
 * <li>{@code Section} and {@code Setting}: a cursor over what was given and the defaults below it, which notes what
 * was looked at.
 * <li>A {@code ...Section} class for each section of the file, which makes the record.
 * </ol>
 *
 * <h2>Decisions</h2>
 * <ul>
 * <li>A file has rates or numbers of users, never both: its points are compared with each other, and a closed loop
 * cannot be compared with an open one.
 * <li>Durations need a unit, although the library would take a plain number for milliseconds: half of the readers
 * would take it for seconds. Environment variables may go without, in the unit of the key, because the shell scripts
 * that set them always did.
 * <li>Deployments are a list with names, not keys of an object: HOCON merges equal keys in silence, and a list keeps
 * the order in which they are measured. An override addresses one by its name all the same.
 * <li>The defaults of a deployment are the entry of its kind in the reference's own list, so that each kind shows
 * exactly its keys.
 * <li>A plain override is taken as text, not as HOCON: a URL or a comma needs no quotes in a shell.
 * <li>The resolved configuration holds the keys that took part and no others; read again, it gives the same experiment.
 * </ul>
 */
package dev.attain.experiment;
