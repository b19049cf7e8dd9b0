//! Windows event logs in binary form (.evtx): a filter that reads only what matters, and a decoder.
