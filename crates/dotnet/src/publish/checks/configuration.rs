//! `*.runtimeconfig.json`, `appsettings*.json`, `web.config`, the target framework.

use super::super::folder::{file_name, join, strip_ending};
use super::super::images::unreadable;
use super::super::{App, Fact, FactId, Kind};
use super::Context;
use crate::appsettings;
use crate::resolution::NETCORE_APP;
use crate::runtimeconfig::FrameworkReference;
use crate::support::{Status, release, status};
use crate::version::Version;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    for app in context.apps {
        runtimeconfig(context, app, facts);
        out_of_support(context, app, facts);
        frameworks(context, app, facts);
    }
    several_apps(context, facts);
    app_settings(context, facts);
    let may_be_web = |app: &App| app.has_aspnetcore() || app.config().is_none();
    if context.target.iis && !context.has_file("web.config") && context.apps.iter().any(may_be_web) {
        let message = "There is no web.config: IIS does not hand requests to the ASP.NET Core Module.";
        facts.push(Fact::new(FactId::WebConfigMissing, join(context.dir, "web.config"), message));
    }
    if let Some(app) = context.main {
        aspnetcore(context, app, facts);
    }
}

fn runtimeconfig(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let Some(file) = &app.runtimeconfig else {
        if app.dll.as_ref().is_some_and(|dll| dll.image.is_managed()) && !app.kind.is_one_file() {
            let path = join(context.dir, &format!("{}.runtimeconfig.json", app.name));
            let message =
                format!("{path} is missing: the app is taken for self-contained and does not start.");
            facts.push(Fact::new(FactId::RuntimeConfigMissing, path, message).with("app", &app.name));
        }
        return;
    };
    match &file.content {
        Err(error) => facts.push(
            Fact::new(FactId::RuntimeConfigInvalid, &file.path, format!("{}: {error}", file.path))
                .at(error.span, error.position)
                .with("app", &app.name)
                .with("reason", &error.problem)
                .with("problem", error.problem.name()),
        ),
        Ok(config) => {
            if let Some(property) = config.reserved_property() {
                let message = format!("{} sets {}, which only the host may set.", file.path, property.value);
                let mut fact = Fact::new(FactId::RuntimeConfigReservedProperty, &file.path, message)
                    .with("app", &app.name)
                    .with("property", &property.value);
                fact.place = context.place(&file.path, property.span);
                facts.push(fact);
            }
        }
    }
}

fn several_apps(context: &Context<'_>, facts: &mut Vec<Fact>) {
    let names: Vec<&str> =
        context.apps.iter().filter(|a| a.runtimeconfig.is_some()).map(|a| a.name.as_str()).collect();
    if names.len() > 1 {
        let message = format!("The folder holds several apps: {}.", names.join(", "));
        facts.push(
            Fact::new(FactId::SeveralRuntimeConfigs, context.dir, message).with("apps", names.join(",")),
        );
    }
}

fn app_settings(context: &Context<'_>, facts: &mut Vec<Fact>) {
    for file in context.index.files_in(context.dir) {
        let name = file_name(&file.path);
        let stem = strip_ending(name, ".json").map(str::to_ascii_lowercase);
        if !stem.is_some_and(|s| s == "appsettings" || s.starts_with("appsettings.")) {
            continue;
        }
        match context.index.content(file) {
            Err(error) => facts.push(unreadable(&file.path, &error)),
            Ok(bytes) => facts.extend(of_settings(&file.path, &bytes)),
        }
    }
}

fn of_settings(path: &str, bytes: &[u8]) -> Option<Fact> {
    match appsettings::inspect(bytes) {
        Err(error) => {
            let message = format!("{path}: {error}");
            let fact = Fact::new(FactId::AppSettingsInvalid, path, message).at(error.span, error.position);
            Some(fact.with("reason", &error.problem).with("problem", error.problem.name()))
        }
        Ok(settings) => settings.max_request_body.map(|(limit, span, position)| {
            let message = format!("the app takes requests of up to {limit} bytes");
            Fact::new(FactId::AppRequestLimit, path, message).at(span, position).with("bytes", limit)
        }),
    }
}

fn out_of_support(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let (Some(target), Some(today)) = (app.target_framework(), context.target.today) else { return };
    let (Some(Status::Ended(ended)), Some(release)) = (status(target, today), release(target)) else {
        return;
    };
    let path = app.runtimeconfig.as_ref().map_or(context.dir, |f| &f.path);
    let message = format!("{} targets {}, whose support ended on {ended}.", app.name, release.name());
    let mut fact = Fact::new(FactId::TargetFrameworkOutOfSupport, path, message)
        .with("app", &app.name)
        .with("framework", target)
        .with("ended", ended);
    if let Some(tfm) = app.config().and_then(|c| c.tfm.as_ref()) {
        fact.place = context.place(path, tfm.span);
    }
    facts.push(fact);
}

/// More frameworks of one app are not named; real apps refer to two or three.
const MAX_FRAMEWORKS: usize = 10;

/// The versions of the frameworks: previews asked for, old patches carried.
fn frameworks(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let (Some(file), Some(config)) = (&app.runtimeconfig, app.config()) else { return };
    let fact = |id, reference: &FrameworkReference, message| {
        let mut fact = Fact::new(id, &file.path, message)
            .with("app", &app.name)
            .with("framework", &reference.name.value)
            .with("version", reference.version_text());
        fact.place = context.place(&file.path, reference.span());
        fact
    };
    let parsed = |r: &FrameworkReference| Version::parse(r.version_text());
    let previews = config.frameworks.iter().filter(|r| parsed(r).is_some_and(|v| v.is_prerelease()));
    for reference in previews.take(MAX_FRAMEWORKS) {
        let (name, version) = (&reference.name.value, reference.version_text());
        let message = format!("{} asks for {name} {version}, which is no final release.", app.name);
        facts.push(fact(FactId::PrereleaseFramework, reference, message));
    }
    for reference in config.included_frameworks.iter().filter(|r| r.name.value == NETCORE_APP) {
        let Some(version) = parsed(reference) else { continue };
        let latest = release((&version).into()).and_then(|r| Version::parse(r.latest));
        let Some(latest) = latest.filter(|latest| version < *latest) else { continue };
        let message = format!("{} carries .NET {version}, of which there is {latest}.", app.name);
        facts.push(fact(FactId::CarriedRuntimeOutdated, reference, message).with("latest", latest));
    }
}

/// What concerns only the web application.
fn aspnetcore(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let target = app.target_framework();
    let brings_packages = app.dependencies().is_some_and(|d| {
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel.Core"]
            .iter()
            .any(|name| d.library(name).is_some())
    });
    let web = context.has_file("web.config");
    let knows_dotnet = app.config().is_some_and(|c| c.framework(NETCORE_APP).is_some());
    if web && knows_dotnet && !app.has_aspnetcore() && !brings_packages {
        let path = app.runtimeconfig.as_ref().map_or(context.dir, |f| &f.path);
        let message = format!(
            "{} does not refer to Microsoft.AspNetCore.App: it was not built as a web application, and cannot \
             be hosted in-process.",
            app.name
        );
        facts.push(Fact::new(FactId::NoAspNetCoreReference, path, message).with("app", &app.name));
    }
    let windows = app.os().is_some_and(|(os, _)| os == crate::platform::Os::Windows);
    let since_2_2 = target.is_some_and(|t| (t.major, t.minor) >= (2, 2));
    if app.kind == Kind::SelfContained && windows && since_2_2 && app.has_aspnetcore() {
        const HANDLER: &str = "aspnetcorev2_inprocess.dll";
        if !context.has_file(HANDLER) {
            let path = join(context.dir, HANDLER);
            let message = format!("{path} is missing: the self-contained app cannot be hosted in-process.");
            facts.push(Fact::new(FactId::InProcessHandlerMissing, path, message).with("app", &app.name));
        }
    }
}
