/**
 * What is sent: sizes and contents of requests, and the traces they may come from.
 */
package dev.attain.workload;
