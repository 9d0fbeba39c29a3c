/** An engine simulator that behaves like vLLM: one step clock, KV blocks, prefill and decode roles. */
package dev.attain.simulator;
