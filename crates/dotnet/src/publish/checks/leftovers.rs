//! Files that do not belong into a deployment.

use super::super::folder::{file_name, join, strip_ending};
use super::super::{Fact, FactId};
use super::Context;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    for file in context.index.files_in(context.dir) {
        let name = file_name(&file.path);
        if name.eq_ignore_ascii_case("app_offline.htm") {
            let message =
                format!("{} is there: the module answers 503 and does not start the app.", file.path);
            facts.push(Fact::new(FactId::AppOfflinePresent, &file.path, message));
        }
        if strip_ending(name, ".runtimeconfig.dev.json").is_some() {
            let message = format!("{} belongs to a build, not to a deployment.", file.path);
            facts.push(Fact::new(FactId::DevRuntimeConfigPresent, &file.path, message));
        }
        if [".staticwebassets.runtime.json", ".StaticWebAssets.xml"]
            .iter()
            .any(|e| strip_ending(name, e).is_some())
        {
            let message = format!(
                "{} names folders of the machine that built the app; it is used in Development.",
                file.path
            );
            facts.push(Fact::new(FactId::StaticWebAssetsDevelopmentManifest, &file.path, message));
        }
    }
    for name in ["ref", "refs"] {
        let dir = join(context.dir, name);
        if context.index.files_in(&dir).iter().any(|f| strip_ending(&f.path, ".dll").is_some()) {
            let message = format!("{dir} holds reference assemblies, which cannot be executed.");
            facts.push(Fact::new(FactId::RefAssemblies, dir, message));
        }
    }
}
