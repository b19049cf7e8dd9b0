//! How each app was published.

use super::super::{App, Fact, FactId};
use super::Context;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    for app in context.apps {
        facts.push(state(context, app));
    }
}

fn state(context: &Context<'_>, app: &App) -> Fact {
    let config = app.runtimeconfig.as_ref().map(|f| f.path.as_str());
    let program = app.exe.as_ref().or(app.dll.as_ref()).map(|p| p.path.as_str());
    let path = config.or(program).unwrap_or(context.dir);
    let main = context.main.is_some_and(|main| std::ptr::eq(main, app));
    let kind = app.kind.name();
    let mut fact = Fact::new(FactId::AppKind, path, String::new())
        .with("app", &app.name)
        .with("kind", kind)
        .with("main", if main { "yes" } else { "no" });
    let mut message = format!("{} is {kind}", app.name);
    if let Some(framework) = app.target_framework() {
        message.push_str(&format!(", for {framework}"));
        fact = fact.with("framework", framework);
    }
    if let Some(rid) = app.rid() {
        message.push_str(&format!(", for {rid}"));
        fact = fact.with("rid", rid);
    }
    if let Some((os, _)) = app.os() {
        fact = fact.with("os", os.id());
    }
    if let Some((arch, _)) = app.arch() {
        fact = fact.with("architecture", arch);
    }
    fact.place = app.config().and_then(|c| c.tfm.as_ref()).and_then(|tfm| context.place(path, tfm.span));
    Fact { message: message + ".", ..fact }
}
