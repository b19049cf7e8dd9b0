//! Every message of the module, the hosts and IIS, defined once: recognised from text and rendered to it.
