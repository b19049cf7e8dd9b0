//! web.config and applicationHost.config: lossless XML with positions, and what IIS and the module read from it.
