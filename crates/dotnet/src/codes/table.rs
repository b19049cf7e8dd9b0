//! The table. Host codes: dotnet/runtime `src/native/corehost/error_codes.h` and
//! docs/design/features/host-error-codes.md. HRESULTs and NTSTATUS: winerror.h, ntstatus.h, corerror.xml; what
//! they mean here: AspNetCore.Docs azure-iis-errors-reference.md.

use super::{Code, Family};

const fn host(value: u32, name: &'static str, formerly: &'static str, meaning: &'static str) -> Code {
    Code { value, family: Family::Host, name, formerly, meaning }
}

const fn hresult(value: u32, name: &'static str, meaning: &'static str) -> Code {
    Code { value, family: Family::HResult, name, formerly: "", meaning }
}

/// An HRESULT that wraps a Win32 error.
const fn win32(error: u16, name: &'static str, meaning: &'static str) -> Code {
    hresult(0x8007_0000 | error as u32, name, meaning)
}

const fn nt(value: u32, name: &'static str, meaning: &'static str) -> Code {
    Code { value, family: Family::NtStatus, name, formerly: "", meaning }
}

const fn signal(number: u32, name: &'static str, meaning: &'static str) -> Code {
    Code { value: 128 + number, family: Family::Signal, name, formerly: "", meaning }
}

/// All codes, family by family.
#[rustfmt::skip] // A code a line, however long: broken up, the table could not be read.
pub const CODES: &[Code] = &[
    host(0, "Success", "", "no error"),
    host(1, "Success_HostAlreadyInitialized", "", "no error: a secondary host context was made"),
    host(2, "Success_DifferentRuntimeProperties", "", "no error: a secondary host context with other properties"),
    host(0x8000_8081, "InvalidArgFailure", "", "the command line is not valid, `dotnet` got no arguments, or (2.x) the dll on the command line is missing"),
    host(0x8000_8082, "CoreHostLibLoadFailure", "", "a hosting library was found but could not be loaded: wrong bitness, a missing C runtime, no access, damaged"),
    host(0x8000_8083, "CoreHostLibMissingFailure", "", "hostfxr, hostpolicy or coreclr is missing: no runtime, an incomplete copy, or no runtimeconfig.json, so that the app was taken for self-contained"),
    host(0x8000_8084, "CoreHostEntryPointFailure", "", "a hosting library lacks an entry point (old and new files are mixed), or `dotnet` was renamed"),
    host(0x8000_8085, "CurrentHostFindFailure", "CoreHostCurHostFindFailure", "the host cannot tell its own path or the .NET root"),
    host(0x8000_8086, "unused", "CoreHostResolveModeFailure", "no longer used"),
    host(0x8000_8087, "CoreClrResolveFailure", "", "coreclr was not found: the framework or the self-contained folder is damaged"),
    host(0x8000_8088, "CoreClrBindFailure", "", "coreclr could not be loaded or lacks an entry point"),
    host(0x8000_8089, "CoreClrInitFailure", "", "coreclr did not initialize; the HRESULT stands in \"Failed to create CoreCLR\""),
    host(0x8000_808a, "CoreClrExeFailure", "", "coreclr could not execute the assembly; this is not the app's own exit code"),
    host(0x8000_808b, "ResolverInitFailure", "", "a deps.json is invalid, or missing where it must be"),
    host(0x8000_808c, "ResolverResolveFailure", "", "a file that a deps.json lists is missing, or two of them conflict"),
    host(0x8000_808d, "unused", "LibHostCurExeFindFailure", "no longer used"),
    host(0x8000_808e, "LibHostInitFailure", "", "hostfxr and hostpolicy do not fit together: the installation is damaged"),
    host(0x8000_808f, "unused", "", "no longer used"),
    host(0x8000_8090, "unused", "LibHostExecModeFailure", "no longer used"),
    host(0x8000_8091, "SdkFindFailure", "LibHostSdkFindFailure", "no matching SDK; on a server: the dll named after `dotnet` does not exist, so that it was taken for an SDK command (hosts up to 9)"),
    host(0x8000_8092, "LibHostInvalidArgs", "", "hostpolicy got invalid arguments from hostfxr"),
    host(0x8000_8093, "InvalidConfigFile", "", "a runtimeconfig.json cannot be read, is no JSON, or has an invalid value"),
    host(0x8000_8094, "AppArgNotRunnable", "", "internal to the host"),
    host(0x8000_8095, "AppHostExeNotBoundFailure", "", "the executable is not bound to a dll"),
    host(0x8000_8096, "FrameworkMissingFailure", "", "no compatible shared framework: absent, too old, of the other bitness, or roll-forward forbids it"),
    host(0x8000_8097, "HostApiFailed", "", "a host API failed: the module's question for native search paths ends like this"),
    host(0x8000_8098, "HostApiBufferTooSmall", "", "a buffer was too small; callers ask again"),
    host(0x8000_8099, "unused", "LibHostUnknownCommand", "unknown host command; no longer used"),
    host(0x8000_809a, "AppPathFindFailure", "LibHostAppRootFindFailure", "the dll that the executable is bound to does not exist"),
    host(0x8000_809b, "SdkResolveFailure", "SdkResolverResolveFailure", "no matching SDK; on a server: the dll named after `dotnet` does not exist, so that it was taken for an SDK command"),
    host(0x8000_809c, "FrameworkCompatFailure", "", "two references to one framework cannot be reconciled"),
    host(0x8000_809d, "FrameworkCompatRetry", "", "internal to the host: framework resolution starts again"),
    host(0x8000_809e, "unused", "AppHostExeNotBundle", "no longer used"),
    host(0x8000_809f, "BundleExtractionFailure", "", "a single-file app could not be unpacked: damaged, of another version, or no folder to unpack to"),
    host(0x8000_80a0, "BundleExtractionIOError", "", "a single-file app could not be unpacked: a file could not be written"),
    host(0x8000_80a1, "LibHostDuplicateProperty", "", "the runtimeconfig.json sets a property that is reserved for the host"),
    host(0x8000_80a2, "HostApiUnsupportedVersion", "", "a newer hostpolicy is needed"),
    host(0x8000_80a3, "HostInvalidState", "", "the runtime was started before in this process: two in-process apps in one application pool"),
    host(0x8000_80a4, "HostPropertyNotFound", "", "a runtime property does not exist"),
    host(0x8000_80a5, "HostIncompatibleConfig", "CoreHostIncompatibleConfig", "a component does not fit the runtime that is running"),
    host(0x8000_80a6, "HostApiUnsupportedScenario", "", "a host API does not support what it was asked for"),
    host(0x8000_80a7, "HostFeatureDisabled", "", "a feature of the host is switched off"),
    hresult(0x8000_4005, "E_FAIL", "unspecified; the module's second code tells more. With \"Failed to create CoreCLR\": damaged runtime, permissions, environment"),
    hresult(0x8000_FFFF, "E_UNEXPECTED", "hostfxr refused to start the app; the captured output of hostfxr tells why"),
    win32(0x01, "ERROR_INVALID_FUNCTION", "the request is not supported"),
    win32(0x02, "ERROR_FILE_NOT_FOUND", "dotnet.exe or the app's executable was not found; or IIS was not restarted after the installation and has the old PATH"),
    win32(0x03, "ERROR_PATH_NOT_FOUND", "the physical path, or the path of web.config, does not exist"),
    win32(0x05, "ERROR_ACCESS_DENIED", "the application pool's identity lacks rights on a file or folder"),
    win32(0x0B, "ERROR_BAD_FORMAT", "a dll is of the other bitness, or damaged (BadImageFormatException)"),
    win32(0x0C, "ERROR_INVALID_ACCESS", "invalid access code"),
    win32(0x0D, "ERROR_INVALID_DATA", "web.config is not well-formed, or has a section that IIS does not know because its module is not installed"),
    win32(0x0E, "ERROR_OUTOFMEMORY", "the heap could not be set up: a memory limit, a 32-bit process, or a wrong GCHeapHardLimit"),
    win32(0x20, "ERROR_SHARING_VIOLATION", "a file, or the site's port, is in use by another process"),
    win32(0x21, "ERROR_LOCK_VIOLATION", "a configuration section is locked at a higher level"),
    win32(0x32, "ERROR_NOT_SUPPORTED", "the configuration, or the request, is not supported here"),
    win32(0x40, "ERROR_NETNAME_DELETED", "the client closed the connection"),
    win32(0x57, "E_INVALIDARG", "an argument or a property has an invalid value"),
    win32(0x7E, "ERROR_MOD_NOT_FOUND", "a dll, or a dll that it needs, is missing: the module, the Visual C++ runtime, the Universal C Runtime"),
    win32(0x7F, "ERROR_PROC_NOT_FOUND", "a dll lacks an entry point: an old Windows, or files of different versions"),
    win32(0xB7, "ERROR_ALREADY_EXISTS", "a collection entry is added twice: a sub-application repeats what its parent adds"),
    win32(0xC1, "ERROR_BAD_EXE_FORMAT", "a dll or executable is of the other bitness, or damaged"),
    win32(0x10B, "ERROR_DIRECTORY", "the physical path is no folder, or does not exist"),
    win32(0x23E, "ERROR_UNHANDLED_EXCEPTION", "the app ended during start-up, in process"),
    win32(0x3E3, "ERROR_OPERATION_ABORTED", "the request was aborted"),
    win32(0x422, "ERROR_SERVICE_DISABLED", "a service that is needed (W3SVC, WAS) is disabled"),
    win32(0x45A, "ERROR_DLL_INIT_FAILED", "a dll failed while it was loaded: the Visual C++ runtime, or no desktop heap left"),
    win32(0x490, "ERROR_NOT_FOUND", "an element was not found"),
    win32(0x52E, "ERROR_LOGON_FAILURE", "the user name or password of the application pool's identity is wrong"),
    win32(0x54F, "ERROR_INTERNAL_ERROR", "the runtime could not set itself up"),
    win32(0x5B4, "ERROR_TIMEOUT", "the start-up time limit was reached"),
    win32(0x2EE2, "ERROR_WINHTTP_TIMEOUT", "the app did not answer within the request time limit"),
    win32(0x2EE7, "ERROR_WINHTTP_NAME_NOT_RESOLVED", "a host name could not be resolved"),
    win32(0x2EFD, "ERROR_WINHTTP_CANNOT_CONNECT", "nothing listens at the app's port"),
    win32(0x2EFE, "ERROR_WINHTTP_CONNECTION_ERROR", "the app closed the connection: it crashed or was stopped"),
    win32(0x2F78, "ERROR_WINHTTP_INVALID_SERVER_RESPONSE", "the app's answer is not valid HTTP"),
    hresult(0x8013_1018, "COR_E_ASSEMBLYEXPECTED", "a file is not a managed assembly"),
    hresult(0x8013_101B, "COR_E_NEWER_RUNTIME", "an assembly was built for a newer runtime"),
    hresult(0x8013_1040, "FUSION_E_REF_DEF_MISMATCH", "an assembly was found with another version or key than asked for"),
    hresult(0x8013_1058, "COR_E_LOADING_REFERENCE_ASSEMBLY", "a reference assembly was deployed in place of the implementation"),
    hresult(0x8013_1500, "COR_E_EXCEPTION", "a managed exception"),
    hresult(0x8013_1501, "COR_E_SYSTEM", "a managed exception (SystemException)"),
    hresult(0x8013_1506, "COR_E_EXECUTIONENGINE", "an internal error of the runtime"),
    hresult(0x8013_1509, "COR_E_INVALIDOPERATION", "InvalidOperationException: often dependency injection or configuration"),
    hresult(0x8013_1513, "COR_E_MISSINGMETHOD", "MissingMethodException: packages of different versions are mixed"),
    hresult(0x8013_1522, "COR_E_TYPELOAD", "TypeLoadException: packages of different versions are mixed"),
    hresult(0x8013_1534, "COR_E_TYPEINITIALIZATION", "a static constructor failed; the inner exception tells why"),
    hresult(0x8013_1604, "COR_E_TARGETINVOCATION", "an exception inside the app's start-up code"),
    hresult(0x8013_1620, "COR_E_IO", "IOException: for instance an address that is in use"),
    hresult(0x8013_1621, "COR_E_FILELOAD", "an assembly was found but could not be loaded"),
    hresult(0x8013_1623, "COR_E_FAILFAST", "the app called Environment.FailFast"),
    nt(0xE043_4352, "CLR exception", "an unhandled managed exception; event 1026 or stderr has its text"),
    nt(0xE043_4F4D, "CLR exception, old runtimes", "an unhandled managed exception of a very old runtime"),
    nt(0xC000_0005, "STATUS_ACCESS_VIOLATION", "a crash in native code: native modules, profilers and agents are suspects"),
    nt(0xC000_0017, "STATUS_NO_MEMORY", "no memory left"),
    nt(0xC000_001D, "STATUS_ILLEGAL_INSTRUCTION", "the processor lacks a feature that the code needs"),
    nt(0xC000_007B, "STATUS_INVALID_IMAGE_FORMAT", "32-bit and 64-bit dlls are mixed"),
    nt(0xC000_00FD, "STATUS_STACK_OVERFLOW", "the stack overflowed: endless recursion"),
    nt(0xC000_012F, "STATUS_INVALID_IMAGE_NOT_MZ", "a file is not a Windows executable: a web page, a Git LFS pointer, a broken upload, a Linux binary"),
    nt(0xC000_0135, "STATUS_DLL_NOT_FOUND", "a dll is missing at process start: the Visual C++ runtime or the Universal C Runtime"),
    nt(0xC000_0139, "STATUS_ENTRYPOINT_NOT_FOUND", "a dll lacks an entry point: an old Windows, or a dll of another version"),
    nt(0xC000_0142, "STATUS_DLL_INIT_FAILED", "a dll failed while it was loaded; or no desktop heap left"),
    nt(0xC000_0374, "STATUS_HEAP_CORRUPTION", "native code damaged the heap"),
    nt(0xC000_0409, "STATUS_STACK_BUFFER_OVERRUN", "a fast fail: native code, or a NativeAOT app, ended itself"),
    nt(0xC06D_007E, "delay-load failure", "a dll that is loaded on demand is missing"),
    nt(0x8000_0003, "STATUS_BREAKPOINT", "a breakpoint without a debugger: Debugger.Launch or Debugger.Break was left in"),
    nt(0xFFFF_FFFF, "killed, or exit code -1", "the process was killed, or the app returned -1"),
    signal(1, "SIGHUP", "the terminal was closed"),
    signal(2, "SIGINT", "interrupted"),
    signal(3, "SIGQUIT", "quit"),
    signal(4, "SIGILL", "the processor lacks a feature that the code needs"),
    signal(6, "SIGABRT", "the runtime ended the process: an unhandled exception or FailFast"),
    signal(7, "SIGBUS", "a bus error: a crash in native code"),
    signal(8, "SIGFPE", "an arithmetic error: a crash in native code"),
    signal(9, "SIGKILL", "killed, often by a memory limit of the container"),
    signal(11, "SIGSEGV", "an invalid memory access: a crash in native code"),
    signal(13, "SIGPIPE", "the reader of a pipe was gone"),
    signal(15, "SIGTERM", "told to stop"),
];
