//! Published apps, installed runtimes, the rules of hostfxr, and the headers of PE, ELF and Mach-O files.
