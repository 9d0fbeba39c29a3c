/** Engine processes: how each kind is started, when it is ready, and that it ends. */
package dev.attain.engines;
