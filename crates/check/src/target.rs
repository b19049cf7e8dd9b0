//! The server that a folder is meant for.

use falconer_dotnet::platform::{Arch, Os};
use falconer_dotnet::publish;
use falconer_dotnet::support::Date;
use falconer_report::check::model::TargetInfo;

/// Where the app will run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Platform {
    /// IIS on Windows.
    #[default]
    Iis,
    /// IIS Express.
    IisExpress,
    /// Azure App Service on Windows.
    Azure,
    /// `falconer host`, on the system that this runs on.
    Falconer,
}

impl Platform {
    /// All of them.
    pub const ALL: [Platform; 4] = [Platform::Iis, Platform::IisExpress, Platform::Azure, Platform::Falconer];

    /// The name on the command line, in settings and in the catalogue.
    pub const fn name(self) -> &'static str {
        match self {
            Platform::Iis => "iis",
            Platform::IisExpress => "iis-express",
            Platform::Azure => "azure",
            Platform::Falconer => "falconer",
        }
    }

    /// The platform of that name.
    pub fn from_name(name: &str) -> Option<Platform> {
        Platform::ALL.into_iter().find(|platform| platform.name() == name)
    }
}

/// The bitness of the worker process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bitness {
    /// 32 bit.
    X86,
    /// 64 bit.
    X64,
}

/// The server that a folder is held against.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// Where the app will run.
    pub platform: Platform,
    /// The bitness of its process, when known.
    pub bitness: Option<Bitness>,
    /// The day that decides which releases are supported; `None` leaves that out.
    pub today: Option<Date>,
    /// The operating system that `falconer host` runs on; without meaning for the others, which are Windows.
    pub host_os: Option<Os>,
    /// The runtimes that are known to be installed there, `NAME VERSION`; `None` when nothing is known of them.
    pub runtimes: Option<Vec<String>>,
    /// An applicationHost.config of the server was read.
    pub has_host_config: bool,
}

impl Target {
    /// The same, as the inspection of published folders wants it.
    pub fn of_folder(&self) -> publish::Target<'static> {
        let os = match self.platform {
            Platform::Falconer => self.host_os.unwrap_or(Os::Linux),
            _ => Os::Windows,
        };
        let pool = self.bitness.map(|bitness| match bitness {
            Bitness::X86 => Arch::X86,
            Bitness::X64 => Arch::X64,
        });
        publish::Target { os, iis: true, pool, today: self.today, entry: None }
    }

    /// The same, for reports.
    pub fn info(&self) -> TargetInfo {
        let bitness = self.bitness.map(|bitness| match bitness {
            Bitness::X86 => "32".to_owned(),
            Bitness::X64 => "64".to_owned(),
        });
        TargetInfo { platform: self.platform.name().to_owned(), bitness, runtimes: self.runtimes.clone() }
    }
}
