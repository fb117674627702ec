//! What `amends new` makes: courses, pieces of one, settings of an editor, and workflows whose commands are run as they
//! stand, on a clean copy.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const URL: &str = "https://me.example/a-course/";

fn amends(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_amends")).args(arguments).current_dir(folder).output().unwrap()
}

#[track_caller]
fn done(arguments: &[&str], folder: &Path) {
    let output = amends(arguments, folder);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[track_caller]
fn refused(arguments: &[&str], folder: &Path, says: &str) {
    let output = amends(arguments, folder);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains(says), "{told}");
}

/// A new course in a folder of its own.
fn course(more: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let arguments: Vec<&str> = ["new", "course"].into_iter().chain(more.iter().copied()).collect();
    done(&arguments, folder.path());
    let site = folder.path().join("course");
    (folder, site)
}

#[test]
fn the_whole_course_is_there_on_demand_under_a_name_of_its_own() {
    let (_folder, site) = course(&["--full"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = fs::read_to_string(site.join("site.yaml")).unwrap();
    assert!(settings.contains("\nid: course\n") && settings.contains("title: Making amends"), "{settings}");
    for part in ["lessons", "scenarios", "models"] {
        let names = |site: &Path| {
            let entries = fs::read_dir(site.join("content").join(part)).unwrap();
            let mut names: Vec<OsString> = entries.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&site), names(root), "{part}");
    }
    done(&["check", "--strict"], &site);
}

#[test]
fn scenarios_and_lessons_are_added_to_a_course() {
    let (_folder, site) = course(&[]);
    done(&["new", "scenario", "wrong-box"], &site);
    done(&["new", "lesson", "open-boxes"], &site);
    done(&["check", "--strict"], &site);
    let scenario = fs::read_to_string(site.join("content/scenarios/wrong-box.yaml")).unwrap();
    assert!(scenario.contains("\ntitle: Wrong box\n"), "{scenario}");
    let lesson = fs::read_to_string(site.join("content/lessons/02-open-boxes.md")).unwrap();
    assert!(
        lesson.contains("title: Open boxes\n") && lesson.contains("scenarios: [cold-dinner]"),
        "{lesson}"
    );
    refused(&["new", "scenario", "wrong-box"], &site, "is the address of content/scenarios/wrong-box.yaml");
    refused(&["new", "lesson", "hear-first"], &site, "is the address of content/lessons/01-hear-first.md");
    refused(&["new", "scenario", "Wrong Box"], &site, "such as `wrong-box`");
    refused(&["new", "lesson", "a", "--site", ".."], &site, "there is no site.yaml in ..");
}

#[test]
fn a_course_that_has_nothing_yet_takes_its_first_scenario_and_lesson() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.yaml"), "title: Mine\n").unwrap();
    done(&["new", "lesson", "first"], folder.path());
    done(&["new", "scenario", "first"], folder.path());
    assert!(folder.path().join("content/lessons/01-first.md").is_file());
    done(&["check", "--strict"], folder.path());
}

#[test]
fn an_editor_finds_a_schema_for_each_kind_of_file() {
    let (_folder, site) = course(&[]);
    let settings = fs::read_to_string(site.join(".vscode/settings.json")).unwrap();
    let settings: Value = serde_json::from_str(&settings).unwrap();
    for (path, files) in settings["yaml.schemas"].as_object().unwrap() {
        let schema = fs::read_to_string(site.join(path)).unwrap();
        let name = Path::new(path).file_name().unwrap().to_str().unwrap().split('.').next().unwrap();
        let printed = amends(&["schema", name], &site).stdout;
        assert_eq!(schema, String::from_utf8(printed).unwrap(), "{path}");
        assert!(files.to_string().contains(if name == "site" { "site.yaml" } else { name }), "{files}");
    }
    done(&["new", "scenario", "late"], &site);
    let scenario = site.join("content/scenarios/late.yaml");
    let text = fs::read_to_string(&scenario).unwrap();
    let schema = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap();
    assert!(scenario.parent().unwrap().join(schema).is_file(), "{schema}");
    refused(&["new", "--editor"], &site, "is already there");
}

/// What a pipeline starts from: a clone of what was committed, and nothing that is not.
fn clone(site: &Path) -> TempDir {
    let git = |arguments: &[&str], folder: &Path| {
        let name = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        let output = Command::new("git").args(name).args(arguments).current_dir(folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    done(&["build"], site);
    git(&["init", "--quiet", "."], site);
    git(&["add", "--all"], site);
    git(&["commit", "--quiet", "--message", "All"], site);
    let copy = tempfile::tempdir().unwrap();
    git(&["clone", "--quiet", site.to_str().unwrap(), "."], copy.path());
    assert!(!copy.path().join("public").exists(), "what is built is not committed");
    copy
}

/// Runs lines as a pipeline does: with the program on the path, so that nothing is fetched.
fn bash(lines: &str, environment: &[(String, String)], folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_amends")).parent().unwrap().to_owned();
    let known = std::env::var_os("PATH").unwrap();
    let path = std::env::join_paths([program].into_iter().chain(std::env::split_paths(&known))).unwrap();
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", lines]).current_dir(folder).env("PATH", path);
    command.envs(environment.iter().map(|(key, value)| (key, value))).output().unwrap()
}

#[track_caller]
fn run(lines: &str, environment: &[(String, String)], folder: &Path) {
    let output = bash(lines, environment, folder);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{lines}: {told}{}", String::from_utf8_lossy(&output.stdout));
}

fn yaml(path: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The texts of a mapping; what the host fills in is the address.
fn variables(map: &Value) -> Vec<(String, String)> {
    let entries = map.as_object().into_iter().flatten();
    let value = |value: &Value| value.as_str().filter(|text| !text.contains("${{")).unwrap_or(URL).to_owned();
    entries.map(|(key, text)| (key.clone(), value(text))).collect()
}

#[track_caller]
fn published(folder: &Path) {
    let map = fs::read_to_string(folder.join("public/sitemap.xml")).unwrap();
    assert!(map.contains(&format!("<loc>{URL}lessons/hear-first/</loc>")), "{map}");
}

#[test]
fn the_workflow_for_github_checks_and_publishes() {
    let (_folder, site) = course(&["--ci", "github"]);
    let copy = clone(&site);
    let workflow = yaml(&copy.path().join(".github/workflows/pages.yml"));
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let ours: Vec<&Value> = steps.iter().filter(|step| step["run"].is_string()).collect();
    assert_eq!(ours.len(), 3, "{steps:#?}");
    for step in &ours {
        let environment = [variables(&workflow["env"]), variables(&step["env"])].concat();
        run(step["run"].as_str().unwrap(), &environment, copy.path());
    }
    published(copy.path());
    // A pull request is not told where the site will stand.
    let build = ours[2]["run"].as_str().unwrap();
    run(build, &[("URL".to_owned(), String::new())], copy.path());
    assert!(!copy.path().join("public/sitemap.xml").exists());
    let upload =
        steps.iter().find(|step| step["uses"].to_string().contains("upload-pages-artifact")).unwrap();
    assert_eq!(upload["with"]["path"], "public");
}

#[test]
fn the_pipeline_for_gitlab_checks_and_publishes() {
    let (_folder, site) = course(&[]);
    done(&["new", "--ci", "gitlab"], &site);
    let copy = clone(&site);
    let pipeline = yaml(&copy.path().join(".gitlab-ci.yml"));
    let environment =
        [variables(&pipeline["variables"]), vec![("CI_PAGES_URL".to_owned(), URL.to_owned())]].concat();
    for job in ["check", "pages"] {
        let base = pipeline[job]["extends"].as_str().unwrap();
        let lines = [&pipeline[base]["before_script"], &pipeline[job]["script"]];
        let lines = lines.iter().flat_map(|lines| lines.as_array().unwrap());
        let lines: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
        run(&lines.join("\n"), &environment, copy.path());
    }
    published(copy.path());
    assert_eq!(pipeline["pages"]["artifacts"]["paths"][0], "public");
}

#[test]
fn the_command_for_netlify_checks_and_publishes() {
    let (_folder, site) = course(&["--ci", "netlify"]);
    let copy = clone(&site);
    let settings = fs::read_to_string(copy.path().join("netlify.toml")).unwrap();
    let line = settings.lines().find_map(|line| line.strip_prefix("command = '")).unwrap();
    run(line.strip_suffix('\'').unwrap(), &[("URL".to_owned(), URL.to_owned())], copy.path());
    published(copy.path());
    assert!(settings.contains("publish = \"public\""));
}

/// What each file says to install, run where amends is not there yet, with a cargo that only says what it is asked.
#[cfg(unix)]
#[test]
fn each_of_them_installs_amends_where_it_is_told_to() {
    use std::os::unix::fs::PermissionsExt;

    let repository = "https://example.org/amends.git";
    let version = format!("amends@{}", env!("CARGO_PKG_VERSION"));
    let (from_git, by_name) = (format!("--git {repository} amends"), version);
    for (more, package) in [(&["--git", repository][..], from_git), (&[], by_name)] {
        for host in ["github", "gitlab", "netlify"] {
            let (_folder, site) = course(&[&["--ci", host], more].concat());
            let (line, environment) = match host {
                "github" => {
                    let workflow = yaml(&site.join(".github/workflows/pages.yml"));
                    let step = &workflow["jobs"]["build"]["steps"][2]["run"];
                    (step.as_str().unwrap().to_owned(), variables(&workflow["env"]))
                }
                "gitlab" => {
                    let pipeline = yaml(&site.join(".gitlab-ci.yml"));
                    let line = &pipeline[".amends"]["before_script"][1];
                    (line.as_str().unwrap().to_owned(), variables(&pipeline["variables"]))
                }
                _ => {
                    let settings = fs::read_to_string(site.join("netlify.toml")).unwrap();
                    let line = settings.lines().find_map(|line| line.strip_prefix("command = '")).unwrap();
                    (line.split_once(';').unwrap().0.to_owned(), Vec::new())
                }
            };
            let tools = tempfile::tempdir().unwrap();
            let cargo = tools.path().join("cargo");
            fs::write(&cargo, "#!/bin/sh\necho cargo \"$@\"\n").unwrap();
            fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
            let path = format!("{}:/usr/bin:/bin", tools.path().display());
            let mut command = Command::new("bash");
            command.args(["-e", "-o", "pipefail", "-c", &line]).current_dir(&site).env("PATH", path);
            let output = command.envs(environment).output().unwrap();
            let root = if host == "gitlab" { "--root .cargo-bin " } else { "" };
            assert!(output.status.success(), "{host}: {}", String::from_utf8_lossy(&output.stderr));
            let asked = String::from_utf8(output.stdout).unwrap();
            assert_eq!(asked, format!("cargo install --locked {root}{package}\n"), "{host}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    refused(
        &["new", "--ci", "github", "--git", "https://a; rm -r ."],
        folder.path(),
        "write it as `https://",
    );
}

/// What the release workflow does after the build, with the program that the tests have built in its place.
#[test]
fn a_release_is_packed_with_its_digest_and_tried() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workflow = yaml(&root.join(".github/workflows/release.yml"));
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let step = |name: &str| {
        let step = steps.iter().find(|step| step["name"] == name).unwrap_or_else(|| panic!("no step {name}"));
        step["run"].as_str().unwrap().to_owned()
    };
    assert_eq!(step("Build"), "cargo build --locked --profile \"$PROFILE\" --bin amends");
    let copy = tempfile::tempdir().unwrap();
    for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(root.join(file), copy.path().join(file)).unwrap();
    }
    let built = copy.path().join("target/debug");
    fs::create_dir_all(&built).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_amends"), built.join("amends")).unwrap();
    let environment = [("PROFILE", "dev"), ("NAME", "amends-v1.2.3-here"), ("CARGO_TARGET_DIR", "target")];
    let environment = environment.map(|(key, value)| (key.to_owned(), value.to_owned()));
    run(&step("Pack"), &environment, copy.path());
    run(&step("Try it"), &environment, copy.path());
    assert!(copy.path().join("dist/try/course/public/index.html").is_file());
    run("cd dist && sha256sum --check --strict amends-v1.2.3-here.tar.gz.sha256", &[], copy.path());
    run("tar -tzf dist/amends-v1.2.3-here.tar.gz | grep -x amends-v1.2.3-here/LICENSE-MIT", &[], copy.path());
}

#[test]
fn a_fault_stops_each_of_them() {
    let (_folder, site) = course(&["--ci", "netlify"]);
    fs::write(site.join("content/lessons/02-bad.md"), "---\ntitle: Bad\n---\n\n[No](nowhere.md)\n").unwrap();
    for line in ["amends check --strict --format github", "amends check --strict"] {
        assert_eq!(bash(line, &[], &site).status.code(), Some(1), "{line}");
    }
}
