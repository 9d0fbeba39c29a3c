package dev.attain.experiment;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code deployments}, and the top level's {@code engine} for those that have none of their own. */
final class DeploymentsSection {
  private static final String KEY = "deployments";
  private static final String EXAMPLE = "[ { name = colocated, kind = colocated, replicas = 2 } ]";
  private static final int MOST_INSTANCES = 1_024;
  private static final List<Integer> TENSOR_PARALLEL = List.of(1, 2, 4, 8);

  private enum Kind { COLOCATED, DISAGGREGATED, EXTERNAL }

  private final Section root;
  private final Section commonEngineSection;
  private final Setting modelName;
  private final List<Section> read = new ArrayList<>();
  private Optional<Engine> commonEngine = Optional.empty();

  private DeploymentsSection(Section root, Setting modelName) {
    this.root = root;
    this.commonEngineSection = root.section("engine");
    this.modelName = modelName;
  }

  /** Deployments with valid names, at least one unless there was a problem. */
  static List<Deployment> read(Section root, Setting modelName) {
    return new DeploymentsSection(root, modelName).all();
  }

  /**
   * The deployments of the list, if there is one, and those of the grid; at least one unless there was a problem, and
   * every engine a simulator.
   */
  static List<Deployment> readForPlan(Section root, Setting modelName, Optional<DeploymentGrid> grid) {
    var section = new DeploymentsSection(root, modelName);
    var deployments = new ArrayList<Deployment>(root.gives(KEY) ? section.all() : List.of());
    for (var deployment : deployments) {
      if (!simulated(deployment)) {
        root.problem(KEY, deployment.name() + " is not simulated, and a plan knows nothing else; write engine.kind ="
            + " simulator, or leave it out");
      }
    }
    deployments.removeIf(deployment -> !simulated(deployment));
    grid.ifPresent(asked -> deployments.addAll(section.ofGrid(asked)));
    if (grid.isEmpty() && !root.gives(KEY)) {
      root.problem(KEY, "is missing, and so is a grid; write for example plan { gpus = 4,"
          + " colocated.tensor-parallel = [1, 2] }");
      section.commonEngine();
    }
    var names = new HashSet<String>();
    deployments.stream().map(Deployment::name).filter(name -> !names.add(name.toLowerCase(Locale.ROOT)))
        .forEach(name -> root.problem(KEY,
            name + " is also the name of a deployment of the plan's grid; choose another"));
    return deployments;
  }

  private List<Deployment> ofGrid(DeploymentGrid grid) {
    if (!(commonEngine() instanceof Engine.Simulator engine)) {
      commonEngineSection.problem("kind", commonEngine().kind()
          + " cannot be planned, only simulated; write kind = simulator");
      return List.of();
    }
    var deployments = grid.deployments(engine, PlanSection.MOST_DEPLOYMENTS + 1);
    if (deployments.isEmpty()) {
      root.problem("plan", "no instances of these sizes take exactly %d GPUs; write other sizes, or use = at-most"
          .formatted(grid.gpus()));
    }
    if (deployments.size() > PlanSection.MOST_DEPLOYMENTS) {
      root.problem("plan", "makes more than %d deployments; write fewer GPUs, sizes or budgets"
          .formatted(PlanSection.MOST_DEPLOYMENTS));
    }
    return deployments;
  }

  private static boolean simulated(Deployment deployment) {
    return switch (deployment) {
      case Deployment.Colocated colocated -> colocated.engine() instanceof Engine.Simulator;
      case Deployment.Disaggregated disaggregated -> disaggregated.engine() instanceof Engine.Simulator;
      case Deployment.External external -> false;
    };
  }

  private List<Deployment> all() {
    var setting = root.get(KEY);
    if (!root.gives(KEY)) {
      root.problem(KEY, "is missing; write for example deployments = " + EXAMPLE);
      return List.of();
    }
    if (!(setting.value() instanceof ConfigList list) || list.isEmpty()) {
      setting.problem("must be a list of at least one deployment; write for example deployments = " + EXAMPLE);
      return List.of();
    }
    var deployments = new ArrayList<Deployment>();
    var places = new HashMap<String, String>();
    for (int index = 0; index < list.size(); index++) {
      if (list.get(index) instanceof ConfigObject element) {
        deployment(element, "" + (index + 1), places).ifPresent(deployments::add);
      } else {
        setting
            .problem("must hold sections in { }, one for each deployment; write for example deployments = " + EXAMPLE);
      }
    }
    boolean allExternal = deployments.stream().allMatch(Deployment.External.class::isInstance);
    if (allExternal && deployments.size() == list.size()) {
      commonEngineSection.unused("when every deployment is external");
    } else if (root.gives("engine")) {
      commonEngine();
    }
    setting.resolve(read.stream().map(Section::resolved).toList());
    return deployments;
  }

  private Optional<Deployment> deployment(ConfigObject element, String position, Map<String, String> places) {
    var shownName = element.get("name") == null ? position : String.valueOf(element.get("name").unwrapped());
    var kind = kind(element(element, shownName, Kind.COLOCATED));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    var kindName = Setting.choiceName(kind.get());
    var section = element(element, shownName, kind.get());
    read.add(section);
    section.get("kind");
    var nameSetting = section.required("name", kindName);
    var name = nameSetting.flatMap(Names::deployment);
    name.ifPresent(unique -> refuseSecond(nameSetting.orElseThrow(), places));
    var deployment = deployment(kind.get(), name.orElse(kindName), section);
    section.close("for a deployment of kind " + kindName, root.reading().reference().deploymentKeys());
    return Optional.of(deployment);
  }

  private Section element(ConfigObject element, String shownName, Kind kind) {
    var kindName = Setting.choiceName(kind);
    return root.element(KEY, shownName, kindName, element, root.reading().reference().deployment(kindName));
  }

  /** Read before all else, because it decides which keys there are. */
  private static Optional<Kind> kind(Section ofAnyKind) {
    if (!ofAnyKind.gives("kind")) {
      ofAnyKind.problem("kind", "is missing; write colocated, disaggregated or external");
      return Optional.empty();
    }
    return ofAnyKind.get("kind").choice(Kind.class);
  }

  private Deployment deployment(Kind kind, String name, Section section) {
    return switch (kind) {
      case COLOCATED -> colocated(name, engine(section), section);
      case DISAGGREGATED -> {
        var engine = disaggregatedEngine(section);
        yield new Deployment.Disaggregated(name, engine, role(section.section("prefill"), engine),
            role(section.section("decode"), engine), RouterSection.read(section.section("router")));
      }
      case EXTERNAL -> ExternalSection.read(name, section);
    };
  }

  /** Folders of two deployments must differ also where upper and lower case do not. */
  private static void refuseSecond(Setting name, Map<String, String> places) {
    var first = places.putIfAbsent(name.written().toLowerCase(Locale.ROOT), name.place());
    if (first != null) {
      name.problem(name.written() + " names a deployment already, at " + first + "; give each its own name");
    }
  }

  /** One whose two sides are joined by the two requests that attain sends. */
  private Engine disaggregatedEngine(Section section) {
    var engine = engine(section);
    if (!(engine instanceof Engine.Simulator || engine instanceof Engine.Vllm)) {
      section.problem("engine", ("%s hands over keys and values through a router of its own; deploy it colocated, or"
          + " start it with its router and write kind = external").formatted(engine.kind()));
    }
    return engine;
  }

  private Engine engine(Section section) {
    if (!section.gives("engine")) {
      section.section("engine");
      section.resolve("engine", commonEngineSection.resolved());
      return commonEngine();
    }
    return EngineSection.read(section.section("engine", commonEngineSection.effective()), modelName);
  }

  private Engine commonEngine() {
    if (commonEngine.isEmpty()) {
      commonEngine = Optional.of(EngineSection.read(commonEngineSection, modelName));
    }
    return commonEngine.get();
  }

  private static int tensorParallel(Section section) {
    var setting = section.get("tensor-parallel");
    var written = setting.number("1");
    var size = written.flatMap(
        number -> TENSOR_PARALLEL.stream().filter(each -> number.compareTo(BigDecimal.valueOf(each)) == 0).findFirst());
    if (written.isPresent() && size.isEmpty()) {
      setting.problem(setting.written() + " is not a tensor-parallel size; write 1, 2, 4 or 8");
    }
    size.ifPresent(setting::resolve);
    return size.orElse(1);
  }

  private static Deployment colocated(String name, Engine engine, Section section) {
    return new Deployment.Colocated(name, engine, Numbers.whole(section.get("replicas"), 1, MOST_INSTANCES),
        tensorParallel(section), environment(section, engine), node(section));
  }

  private static Deployment.Role role(Section section, Engine engine) {
    var role = new Deployment.Role(Numbers.whole(section.get("instances"), 1, MOST_INSTANCES), tensorParallel(section),
        Arguments.list(section.get("extra-arguments")), environment(section, engine), node(section));
    section.close();
    return role;
  }

  private static Optional<String> node(Section section) {
    return section.optional("node").flatMap(Setting::text);
  }

  private static Map<String, String> environment(Section section, Engine engine) {
    var variables = Arguments.variables(section.get("environment"));
    if (engine instanceof Engine.Simulator && !variables.isEmpty()) {
      section.problem("environment", "has no effect with engine.kind = simulator; leave it out");
    }
    return variables;
  }
}
