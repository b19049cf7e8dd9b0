//! Environment variables and handler settings.

use super::{Row, SAFE, UNSAFE};

pub(crate) const ENVIRONMENT: &[Row] = &[
    (
        "environment-variable-duplicate",
        "<aspNetCore processPath='a.exe'>\n<environmentVariables>\n  <environmentVariable name='A' value='1' />\n  <environmentVariable value='1' name='A' />\n</environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'>\n<environmentVariables>\n  <environmentVariable value='1' name='A' />\n</environmentVariables></aspNetCore>",
        SAFE,
    ),
    (
        "environment-variable-duplicate",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A' value='1' /> <environmentVariable name='a' value='2' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables> <environmentVariable name='a' value='2' /></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "environment-variable-wrong-element",
        "<aspNetCore processPath='a.exe'><environmentVariables><add name='A' value='1'></add></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A' value='1'></environmentVariable></environmentVariables></aspNetCore>",
        SAFE,
    ),
    (
        "environment-development",
        "<aspNetCore processPath='a.exe'><environmentVariables>\n  <environmentVariable name='ASPNETCORE_ENVIRONMENT' value='Development' />\n</environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables>\n</environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "detailed-errors-on",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='ASPNETCORE_DETAILEDERRORS' value='1' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-unknown",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopi' value='true' /></handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopy' value='true' /></handlerSettings></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-bad-value",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopy' value='yes' /></handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopy' value='true' /></handlerSettings></aspNetCore>",
        UNSAFE,
    ),
    (
        "environment-variable-bad-name",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A ' value='1' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A' value='1' /></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "environment-variable-overridden",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='ASPNETCORE_IIS_SITE_NAME' value='x' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables></environmentVariables></aspNetCore>",
        SAFE,
    ),
    (
        "fixed-port-out-of-range",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess'><environmentVariables><environmentVariable name='ASPNETCORE_PORT' value='80' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess'><environmentVariables></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "host-trace-on",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='COREHOST_TRACE' value='1' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-duplicate",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' /><handlerSetting name='STACKSIZE' value='2' /></handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' /></handlerSettings></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-duplicate",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' />\n\t<handlerSetting value='1' name='stackSize' />\n</handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' />\n</handlerSettings></aspNetCore>",
        SAFE,
    ),
];
