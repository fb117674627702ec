//! What `amends new` creates: courses, parts of a course, settings for an editor, and workflows, whose commands run unchanged
//! in a fresh clone.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::harness::{self, Run, Site, repository};

const URL: &str = "https://me.example/a-course/";

/// The repository from which workflows build amends.
const GIT: &str = "https://example.org/amends.git";
const COMMIT: &str = "0123456789012345678901234567890123456789";

/// The arguments that publish a course on a host.
fn published_on(host: &str) -> [&str; 6] {
    ["--ci", host, "--git", GIT, "--rev", COMMIT]
}

/// A new course.
fn course(more: &[&str]) -> Site {
    let site = Site::empty();
    site.amends(&[&["new", "."], more].concat()).exits(0);
    site
}

#[test]
fn the_included_course_is_created_on_request_with_its_own_id() {
    let folder = Site::empty();
    folder.amends(&["new", "course", "--full"]).exits(0);
    let site = Site::at(folder.path().join("course"));
    let settings = site.read("site.yaml");
    let title = Site::shipped().check().course().settings.title.clone();
    assert!(
        settings.contains("\nid: course\n") && settings.contains(&format!("title: {title}")),
        "{settings}"
    );
    for part in ["lessons", "scenarios", "models"] {
        let names = |site: &Path| -> BTreeSet<OsString> {
            let entries = fs::read_dir(site.join("content").join(part)).unwrap();
            entries.map(|entry| entry.unwrap().file_name()).collect()
        };
        assert_eq!(names(site.path()), names(repository()), "{part}");
    }
    site.amends(&["check", "--strict"]).exits(0);
}

#[test]
fn an_editor_gets_a_schema_for_each_kind_of_file() {
    let site = Site::scaffold();
    let settings: Value = serde_json::from_str(&site.read(".vscode/settings.json")).unwrap();
    for (path, files) in settings["yaml.schemas"].as_object().unwrap() {
        let name = Path::new(path).file_name().unwrap().to_str().unwrap().split('.').next().unwrap();
        assert_eq!(site.read(path), site.amends(&["schema", name]).out, "{path}");
        assert!(files.to_string().contains(if name == "site" { "site.yaml" } else { name }), "{files}");
    }
    site.amends(&["new", "scenario", "late"]).exits(0);
    let text = site.read("content/scenarios/late.yaml");
    let schema = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap();
    assert!(site.has(&format!("content/scenarios/{schema}")), "{schema}");
    site.amends(&["new", "--editor"]).exits(2).err_has("already exists");
}

#[test]
fn without_a_command_amends_finds_the_course_around_the_folder() {
    let site = Site::scaffold();
    let printed = harness::amends(&[], &site.path().join("content/lessons")).exits(0).out;
    assert!(printed.contains(&format!("\n  cd {}\n", site.path().display())), "{printed}");
}

/// `amends start`, as opened from a file manager, with this home folder and without a browser.
fn start(program: &Path, home: &Site) -> Command {
    let mut command = Command::new(program);
    let home = home.path();
    command.arg("start").current_dir(home).env("HOME", home).env("PATH", "").env("TMPDIR", home);
    command.stdin(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn start_asks_for_a_name_creates_the_course_and_opens_it_again() {
    let home = Site::empty().file("Documents/Taken/letter.txt", "Dear");
    let program = Path::new(env!("CARGO_BIN_EXE_amends"));
    for typed in ["a/b\n../c\nNUL\nTaken\nBike shop\n", "Bike shop\n"] {
        let mut started = start(program, &home).spawn().unwrap();
        started.stdin.as_mut().unwrap().write_all(typed.as_bytes()).unwrap();
        let mut printed = String::new();
        let mut lines = BufReader::new(started.stderr.take().unwrap()).lines().map_while(Result::ok);
        // `start` runs until it is stopped.
        let shown = lines
            .by_ref()
            .inspect(|line| printed += line)
            .any(|line| line.contains("go to http://127.0.0.1:"));
        started.kill().unwrap();
        started.wait().unwrap();
        assert!(shown, "{printed}");
        assert_eq!(printed.matches("type another one").count(), typed.lines().count() - 1, "{printed}");
        assert!(home.read("Documents/Bike shop/site.yaml").contains("title: Bike shop"));
        home.put("Documents/Bike shop/content/lessons/02-mine.md", "---\ntitle: Mine\n---\n\nMine.\n");
    }
    harness::run(&mut start(program, &home), "").exits(2).err_has("no name was typed");
    // A program opened inside an archive is unpacked without the other files.
    let unpacked = home.path().join("Temp1_amends.zip/amends");
    fs::create_dir(unpacked.parent().unwrap()).unwrap();
    harness::copy_program(program, &unpacked);
    harness::run(&mut start(&unpacked, &home), "Bike shop\n").exits(2).err_has("Extract all");
}

/// A clone of the site once it is committed, with which a pipeline starts.
fn clone(site: &Site) -> Site {
    let git = |arguments: &[&str], folder: &Site| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
        harness::run(git.current_dir(folder.path()), "").exits(0);
    };
    site.amends(&["build"]).exits(0);
    git(&["init", "--quiet", "."], site);
    git(&["add", "--all"], site);
    git(&["commit", "--quiet", "--message", "All"], site);
    let copy = Site::empty();
    git(&["clone", "--quiet", site.path().to_str().unwrap(), "."], &copy);
    assert!(!copy.path().join("public").exists(), "the built site is committed");
    copy
}

/// Variables of an environment.
type Variables = Vec<(String, String)>;

/// Runs lines as a pipeline does, with amends on the PATH, so that nothing is fetched.
fn bash(lines: &str, environment: &Variables, folder: &Site) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_amends")).parent().unwrap().to_owned();
    let known = std::env::var_os("PATH").unwrap();
    let path = std::env::join_paths([program].into_iter().chain(std::env::split_paths(&known))).unwrap();
    bash_with(lines, environment, path, folder)
}

fn bash_with(lines: &str, environment: &Variables, path: OsString, folder: &Site) -> Run {
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", lines]).current_dir(folder.path()).env("PATH", path);
    harness::run(command.envs(environment.iter().cloned()), "")
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// The paths at which the hosts look for their workflows.
const GITHUB: &str = ".github/workflows/pages.yml";
const GITLAB: &str = ".gitlab-ci.yml";
const NETLIFY: &str = "netlify.toml";

/// The command that Netlify runs.
fn netlify(site: &Site) -> String {
    let settings = site.read(NETLIFY);
    let line = settings.lines().find_map(|line| line.strip_prefix("command = '")).unwrap();
    line.strip_suffix('\'').unwrap().to_owned()
}

/// The variables in a mapping; one that the host fills in has the public address.
fn variables(map: &Value) -> Variables {
    let entries = map.as_object().into_iter().flatten();
    let value = |value: &Value| value.as_str().filter(|text| !text.contains("${{")).unwrap_or(URL).to_owned();
    entries.map(|(key, text)| (key.clone(), value(text))).collect()
}

#[track_caller]
fn assert_published(site: &Site) {
    let map = site.read("public/sitemap.xml");
    assert!(map.contains(&format!("<loc>{URL}lessons/hear-first/</loc>")), "{map}");
}

/// Asserts that a warning makes these lines fail in a pull request, but not once it is merged.
#[track_caller]
fn assert_strict<const N: usize>(
    site: &Site,
    lines: &str,
    before: [(&str, &str); N],
    published: [(&str, &str); N],
) {
    site.put_lesson("02-weak", "[^lost]: Nothing mentions this.");
    let variables =
        |all: [(&str, &str); N]| all.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    bash(lines, &variables(before), site).exits(1);
    bash(lines, &variables(published), site).exits(0);
}

#[test]
fn the_workflow_for_github_checks_and_publishes() {
    let copy = clone(&course(&published_on("github")));
    let workflow = yaml(&copy.read(GITHUB));
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let commands: Vec<&Value> = steps.iter().filter(|step| step["run"].is_string()).collect();
    assert_eq!(commands.len(), 3, "{steps:#?}");
    for step in &commands {
        let environment = [variables(&workflow["env"]), variables(&step["env"])].concat();
        bash(step["run"].as_str().unwrap(), &environment, &copy).exits(0);
    }
    assert_published(&copy);
    assert_strict(
        &copy,
        commands[1]["run"].as_str().unwrap(),
        [("GITHUB_EVENT_NAME", "pull_request")],
        [("GITHUB_EVENT_NAME", "push")],
    );
    // A pull request does not know the public address of the site.
    let build = commands[2]["run"].as_str().unwrap();
    bash(build, &vec![("URL".to_owned(), String::new())], &copy).exits(0);
    assert!(!copy.has("public/sitemap.xml"));
    let upload =
        steps.iter().find(|step| step["uses"].to_string().contains("upload-pages-artifact")).unwrap();
    assert_eq!(upload["with"]["path"], "public");
}

#[test]
fn the_pipeline_for_gitlab_checks_and_publishes() {
    let site = course(&[]);
    site.amends(&[&["new"][..], &published_on("gitlab")].concat()).exits(0);
    let copy = clone(&site);
    let pipeline = yaml(&copy.read(GITLAB));
    let environment =
        [variables(&pipeline["variables"]), vec![("CI_PAGES_URL".to_owned(), URL.to_owned())]].concat();
    for job in ["check", "pages"] {
        let base = pipeline[job]["extends"].as_str().unwrap();
        let lines = [&pipeline[base]["before_script"], &pipeline[job]["script"]];
        let lines = lines.iter().flat_map(|lines| lines.as_array().unwrap());
        let lines: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
        bash(&lines.join("\n"), &environment, &copy).exits(0);
    }
    assert_published(&copy);
    let check = pipeline["check"]["script"][0].as_str().unwrap();
    assert_strict(
        &copy,
        check,
        [("CI_COMMIT_BRANCH", "edit"), ("CI_DEFAULT_BRANCH", "main")],
        [("CI_COMMIT_BRANCH", "main"), ("CI_DEFAULT_BRANCH", "main")],
    );
    assert_eq!(pipeline["pages"]["artifacts"]["paths"][0], "public");
}

#[test]
fn the_command_for_netlify_checks_and_publishes() {
    let copy = clone(&course(&published_on("netlify")));
    bash(&netlify(&copy), &vec![("URL".to_owned(), URL.to_owned())], &copy).exits(0);
    assert_published(&copy);
    assert_strict(&copy, &netlify(&copy), [("CONTEXT", "deploy-preview")], [("CONTEXT", "production")]);
    assert!(copy.read(NETLIFY).contains("publish = \"public\""));
}

/// Runs the install command of each workflow where amends is missing, with a cargo that only prints its arguments.
#[cfg(unix)]
#[test]
fn each_workflow_installs_amends_from_the_given_repository() {
    let tools = Site::empty();
    harness::write_program(&tools.path().join("cargo"), "echo cargo \"$@\"");
    let path = format!("{}:/usr/bin:/bin", tools.path().display());
    for host in ["github", "gitlab", "netlify"] {
        let site = course(&published_on(host));
        let (line, environment) = match host {
            "github" => {
                let workflow = yaml(&site.read(GITHUB));
                let step = &workflow["jobs"]["build"]["steps"][2]["run"];
                (step.as_str().unwrap().to_owned(), variables(&workflow["env"]))
            }
            "gitlab" => {
                let pipeline = yaml(&site.read(GITLAB));
                let line = &pipeline[".amends"]["before_script"][1];
                (line.as_str().unwrap().to_owned(), variables(&pipeline["variables"]))
            }
            _ => (netlify(&site).split_once(';').unwrap().0.to_owned(), Vec::new()),
        };
        let root = if host == "gitlab" { "--root .cargo-bin " } else { "" };
        let printed = bash_with(&line, &environment, path.clone().into(), &site).exits(0).out;
        assert_eq!(
            printed,
            format!("cargo install --locked {root}--git {GIT} --rev {COMMIT} amends\n"),
            "{host}"
        );
    }
}

/// The tag of an action can be moved to other code; a commit cannot.
#[test]
fn every_action_is_pinned_to_a_commit() {
    let repository = Site::shipped();
    let mut seen = 0;
    for path in [
        ".github/workflows/ci.yml",
        ".github/workflows/release.yml",
        "starters/github/.github/workflows/pages.yml",
    ] {
        for line in repository.read(path).lines().filter(|line| line.contains("uses:")) {
            let version = line.split_once('@').map_or("", |(_, version)| version);
            let (commit, tag) = version.split_once(" # v").unwrap_or_else(|| panic!("{path}: {line}"));
            assert!(commit.len() == 40 && !tag.is_empty(), "{path}: {line}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn an_error_stops_each_workflow() {
    let site = course(&published_on("netlify")).lesson("02-bad", "[No](nowhere.md)");
    for line in ["amends check --format github", "amends check"] {
        bash(line, &Vec::new(), &site).exits(1);
    }
}
