package dev.attain.cluster;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Point;

/** A point and the deployment it is measured on. */
record PointContext(Point point, Deployment deployment) {}
