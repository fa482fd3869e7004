/** The whole program from outside: in processes of its own, over the network, with kill and signals. */
package dev.daveloper.bootstrap.e2e;
