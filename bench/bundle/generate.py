#!/usr/bin/env python3
"""Writes a support bundle as users send it: 20 files, about 10 MiB, one failure in it.

usage: generate.py FOLDER
"""
import random
import sys
from pathlib import Path

LINES = [
    "info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://127.0.0.1:{}\n",
    "info: Microsoft.AspNetCore.Hosting.Diagnostics[2]\n      Request finished HTTP/1.1 GET http://localhost:{}/api/items - 200 - application/json 12.1ms\n",
    "dbug: Microsoft.EntityFrameworkCore.Database.Command[20100]\n      Executing DbCommand [Parameters=[@p0='{}'], CommandType='Text']\n",
    "warn: App.Jobs.Sync[0]\n      retry {} of 5\n",
]
EXCEPTION = ("Unhandled exception. System.InvalidOperationException: Mail:Host is not configured\n"
             "   at App.Mail.Validate()\n   at Program.<Main>$(String[] args)\n")
EVENT = ('<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="{}"/><EventID Qualifiers="0">{}</EventID>'
         '<Level>2</Level><TimeCreated SystemTime="2024-05-08T10:{:02}:{:02}.000Z"/><EventRecordID>{}</EventRecordID><Channel>Application</Channel>'
         '<Computer>WEB1</Computer></System><EventData><Data>{}</Data></EventData></Event>\n')
W3C = ("#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
       "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n")
WEB_CONFIG = ('<configuration><location path="." inheritInChildApplications="false"><system.webServer><handlers><add name="aspNetCore" path="*" verb="*" '
              'modules="AspNetCoreModuleV2" resourceType="Unspecified" /></handlers><aspNetCore processPath="dotnet" arguments=".\\App.dll" '
              'stdoutLogEnabled="true" stdoutLogFile=".\\logs\\stdout" hostingModel="inprocess" /></system.webServer></location></configuration>')


def log(size, rng):
    parts, length = [], 0
    while length < size:
        parts.append(rng.choice(LINES).format(rng.randint(1, 60000)))
        length += len(parts[-1])
    return "".join(parts)


def main():
    rng = random.Random(1)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for i in range(8):
        files[f"stdout_2024050{i + 1}100000_{4000 + i}.log"] = log(700_000, rng) + (EXCEPTION if i == 7 else "")
    for i in range(4):
        rows = [f"2024-05-0{i + 1} 10:{k // 60 % 60:02}:{k % 60:02} 10.0.0.4 GET /api/items/{k} - 443 - 10.0.0.9 Mozilla/5.0+(Windows+NT+10.0) - "
                f"{'500 30 0' if rng.random() < 0.01 else '200 0 0'} {rng.randint(1, 300)}\n" for k in range(7000)]
        files[f"u_ex24050{i + 1}.log"] = W3C + "".join(rows)
    events = [EVENT.format("SomeProvider", k % 50, k // 60 % 60, k % 60, k, "Service entered the running state " + "x" * 200) for k in range(2000)]
    events.append(EVENT.format("IIS AspNetCore Module V2", 1018, 33, 59, 9999, "Application '/LM/W3SVC/1/ROOT' with physical root 'C:\\site\\' hit "
                               "unexpected managed exception, exception code = '0xe0434352'."))
    files["events.xml"] = "<Events>" + "".join(events) + "</Events>"
    files["web.config"] = WEB_CONFIG
    files["page.html"] = ("<!DOCTYPE html><html><head><title> HTTP Error 500.30 - ASP.NET Core app failed to start </title></head><body>"
                          "<h1> HTTP Error 500.30 - ASP.NET Core app failed to start </h1></body></html>")
    files["dotnet-info.txt"] = (".NET runtimes installed:\n  Microsoft.AspNetCore.App 8.0.1 [C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App]\n"
                                "  Microsoft.NETCore.App 8.0.1 [C:\\Program Files\\dotnet\\shared\\Microsoft.NETCore.App]\n")
    for i in range(4):
        files[f"note{i}.txt"] = log(20_000, rng)
    for name, text in files.items():
        (folder / name).write_text(text, newline="")


main()
