package dev.attain.engines;

/** What an instance does for a request. */
public enum InstanceRole { COLOCATED, PREFILL, DECODE }
