//! Files of .NET apps and runtimes, and what users paste of them, are read whatever they hold.
#![no_main]

use falconer_dotnet::appsettings;
use falconer_dotnet::codes;
use falconer_dotnet::deps::DepsFile;
use falconer_dotnet::image::{AppHost, Bundle, Image};
use falconer_dotnet::inventory;
use falconer_dotnet::resolution::{CommandLine, Env, Installed, Request, resolve};
use falconer_dotnet::rid::Rid;
use falconer_dotnet::runtimeconfig::RuntimeConfig;
use falconer_dotnet::tfm::TargetFramework;
use falconer_dotnet::version::Version;
use libfuzzer_sys::fuzz_target;

fn image(bytes: &[u8]) {
    let mut source = bytes;
    let Ok(image) = Image::read(&mut source) else { return };
    let _ = image.is_native_aot(&mut source);
    if let Ok(Some(host)) = AppHost::read(&mut source, &image, "App") {
        let bundle = host.bundle.map(|header| Bundle::read(&mut source, header));
        for file in bundle.and_then(Result::ok).iter().flat_map(|bundle| &bundle.files) {
            let _ = file.read(&mut source, 1 << 20);
        }
    }
}

fn text(text: &str) {
    codes::lookup(text);
    Rid::parse(text);
    TargetFramework::parse(text);
    Version::parse(text);
    let found = inventory::find(text);
    for (place, inventory) in &found {
        assert!(text.get(place.clone()).is_some());
        let installed = Installed::of_inventory(inventory, None);
        if let Ok(config) = RuntimeConfig::parse(text.as_bytes()) {
            let request = Request { config: &config, command_line: CommandLine::default() };
            let _ = resolve(&request, &installed, &Env::default());
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    image(bytes);
    let _ = RuntimeConfig::parse(bytes);
    let _ = DepsFile::parse(bytes);
    let _ = appsettings::inspect(bytes);
    text(&appsettings::decode(bytes));
});
