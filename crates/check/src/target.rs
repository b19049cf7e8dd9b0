//! The server that a folder is meant for.

use falconer_dotnet::platform::{Arch, Os};
use falconer_dotnet::publish;
use falconer_dotnet::support::Date;
use falconer_report::check::model::TargetInfo;
use falconer_settings::{Bitness, Target as Platform};

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
            Bitness::Bits32 => Arch::X86,
            Bitness::Bits64 => Arch::X64,
        });
        publish::Target { os, iis: true, pool, today: self.today, entry: None }
    }

    /// The same, for reports.
    pub fn info(&self) -> TargetInfo {
        let bitness = self.bitness.map(|bitness| bitness.bits().to_string());
        TargetInfo { platform: self.platform.name().to_owned(), bitness, runtimes: self.runtimes.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::Platform;

    #[test]
    fn the_catalogue_knows_the_targets_that_users_can_name() {
        let named: Vec<&str> = Platform::ALL.iter().map(|target| target.name()).collect();
        assert_eq!(named, falconer_catalog::TARGETS);
    }
}
