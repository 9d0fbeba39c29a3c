/** When each request is due: arrival processes, the schedule of a point, and the share of each load node. */
package dev.attain.schedule;
