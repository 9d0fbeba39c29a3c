/** Event loops and connections. */
package dev.attain.sockets;
