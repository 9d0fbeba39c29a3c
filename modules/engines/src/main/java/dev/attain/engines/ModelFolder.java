package dev.attain.engines;

import dev.attain.experiment.Engine;
import dev.attain.experiment.Model;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the folder that {@code model.path} names is there: an engine finds out only after a minute of imports. */
public final class ModelFolder {
  private ModelFolder() {}

  /** Why {@code engine} cannot load the model on this machine, as a sentence; empty for a name on a hub. */
  public static Optional<String> problem(Engine engine, Model model) {
    if (engine instanceof Engine.Simulator || !model.path().matches("[/.~].*") || exists(model.path())) {
      return Optional.empty();
    }
    return Optional.of("there is no model folder %s; correct model.path, or put the model there".formatted(
        model.path()));
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
