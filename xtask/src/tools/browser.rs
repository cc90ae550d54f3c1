//! The browsers that tests run in, and their drivers.

use std::env;
use std::fs;
use std::path::PathBuf;

use super::{GECKODRIVER, Tool, ready};
use crate::Result;
use crate::process::{output, run};
use crate::project::Project;

/// A browser, its driver, and where both are found.
#[derive(Debug)]
pub(crate) struct Browser {
    /// What people call it; also the name of its option of wasm-pack.
    pub(crate) name: &'static str,
    programs: &'static [&'static str],
    /// Files where an installer puts it that does not extend PATH.
    elsewhere: &'static [&'static str],
    driver: Driver,
    /// Debian's packages of browser and driver.
    debian: &'static [&'static str],
}

#[derive(Debug)]
enum Driver {
    /// A program that comes with the browser; where it does not, wasm-pack fetches it.
    Beside(&'static str),
    /// A tool of ours.
    Ours(Tool),
}

/// Chromium, or Chrome.
pub(crate) const CHROMIUM: Browser = Browser {
    name: "chrome",
    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    elsewhere: &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ],
    driver: Driver::Beside("chromedriver"),
    debian: &["chromium", "chromium-driver"],
};

/// Firefox.
pub(crate) const FIREFOX: Browser = Browser {
    name: "firefox",
    programs: &["firefox", "firefox-esr"],
    elsewhere: &[
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
    ],
    driver: Driver::Ours(GECKODRIVER),
    debian: &["firefox-esr"],
};

impl Browser {
    /// The browser's file, if it is installed. `CHROME` or `FIREFOX` in the environment names it.
    pub(crate) fn file(&self, project: &Project) -> Option<PathBuf> {
        let named = env::var_os(self.name.to_uppercase()).map(PathBuf::from);
        let elsewhere = || self.elsewhere.iter().map(PathBuf::from).find(|file| file.is_file());
        named
            .filter(|file| file.is_file())
            .or_else(|| self.programs.iter().find_map(|program| project.find(program)))
            .or_else(elsewhere)
    }

    pub(super) fn ready(&self, project: &mut Project) -> Result {
        // Where hosted runners keep it.
        if let Some(folder) = env::var_os("CHROMEWEBDRIVER") {
            project.look_in(PathBuf::from(folder));
        }
        let driver_there = match self.driver {
            Driver::Beside(driver) => project.find(driver).is_some(),
            Driver::Ours(_) => true,
        };
        if (self.file(project).is_none() || !driver_there) && is_debian_root(project) {
            eprintln!("installing {} with apt-get", self.debian.join(" and "));
            run(project.command("apt-get").args(["update", "--quiet"]))?;
            run(project
                .command("apt-get")
                .args(["install", "--yes", "--quiet", "--no-install-recommends"])
                .args(self.debian)
                .env("DEBIAN_FRONTEND", "noninteractive"))?;
        }
        if self.file(project).is_none() {
            let names = if self.name == "chrome" { "Chrome or Chromium" } else { "Firefox" };
            let variable = self.name.to_uppercase();
            return Err(format!("this needs {names}: install it, or name its file in {variable}"));
        }
        match self.driver {
            Driver::Ours(tool) => ready(project, &[tool]),
            Driver::Beside(_) => Ok(()),
        }
    }
}

fn is_debian_root(project: &Project) -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|l| l == "ID=debian"))
        && output(project.command("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}
