/** The measured path: requests leave on time and their answers are read and stamped. */
package dev.attain.client;
