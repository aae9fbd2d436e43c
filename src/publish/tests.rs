//! What `publish` does to a folder, seen as a list of its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::publish::{Published, Same, Stage, Unknown};

/// Files by path; a folder that is empty ends in `/`.
type Tree = BTreeMap<String, String>;

/// A folder in which outputs stand.
struct Disk {
    /// The folder, removed at the end of the test.
    folder: tempfile::TempDir,
}

impl Disk {
    /// An empty folder.
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The path of the output.
    fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    /// A path in the output.
    fn at(&self, path: &str) -> PathBuf {
        self.output().join(path)
    }

    /// Puts a file into the output that pressmark did not write.
    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    /// Builds a site of these files.
    fn build(&self, files: &[(&str, &str)]) -> Result<Published, Vec<Diagnostic>> {
        self.build_with(Unknown::Refuse, files)
    }

    /// Builds a site of these files.
    fn build_with(
        &self,
        unknown: Unknown,
        files: &[(&str, &str)],
    ) -> Result<Published, Vec<Diagnostic>> {
        staged(&self.output(), unknown, files)?.commit()
    }

    /// The files of the output, without the list of files.
    fn files(&self) -> Tree {
        let mut tree = tree(&self.output());
        tree.remove("manifest.txt");
        tree
    }

    /// Checks that nothing stands beside the output.
    fn is_tidy(&self) -> bool {
        fs::read_dir(self.folder.path())
            .unwrap()
            .all(|entry| entry.unwrap().file_name() == "public")
    }
}

/// A stage with these files.
fn staged(
    output: &Path,
    unknown: Unknown,
    files: &[(&str, &str)],
) -> Result<Stage, Vec<Diagnostic>> {
    let stage = Stage::open(output, unknown, Same::Keep)?;
    let mut faults = Vec::new();
    for (path, text) in files {
        faults.extend(stage.write(path, text.as_bytes()).err());
    }
    if faults.is_empty() { Ok(stage) } else { Err(faults) }
}

/// The files below a folder; links are shown as `-> target`.
fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, under)) = folders.pop() {
        let mut is_empty = true;
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let path = format!("{under}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else if kind.is_symlink() {
                let target = fs::read_link(entry.path()).unwrap();
                tree.insert(path, format!("-> {}", target.display()));
            } else {
                let bytes = fs::read(entry.path()).unwrap();
                tree.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
            is_empty = false;
        }
        if is_empty {
            tree.insert(under, String::new());
        }
    }
    tree
}

/// A tree of these files.
fn of(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Copies a folder with everything in it.
fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The code and message of the only fault.
fn only(faults: &[Diagnostic]) -> (Code, String) {
    assert_eq!(faults.len(), 1, "{faults:?}");
    (faults[0].code, faults[0].message.clone())
}

/// Builds `old`, then dies at every moment of the build of `new`, and checks
/// that the next run finds one of the two, whole.
fn dies_at_every_moment(old: &[(&str, &str)], new: &[(&str, &str)]) {
    let disk = Disk::new();
    if !old.is_empty() {
        disk.build(old).unwrap();
    }
    let before = disk.files();
    let snapshots = Disk::new();
    let mut n_snapshots = 0;
    let stage = staged(&disk.output(), Unknown::Refuse, new).unwrap();
    let mut watch = || {
        copy_folder(
            disk.folder.path(),
            &snapshots.folder.path().join(n_snapshots.to_string()),
        );
        n_snapshots += 1;
    };
    stage.commit_watched(&mut watch).unwrap();
    drop(stage);
    let after = disk.files();
    assert!(after == of(new) && n_snapshots >= 3);
    let mut n_old = 0;
    for snapshot in 0..n_snapshots {
        let output = snapshots.folder.path().join(format!("{snapshot}/public"));
        let existed = output.exists();
        drop(Stage::open(&output, Unknown::Refuse, Same::Keep).unwrap());
        let mut found = tree(&output);
        found.remove("manifest.txt");
        assert!(found == before || found == after, "moment {snapshot}: {found:?}");
        n_old += usize::from(found == before);
        let left = fs::read_dir(output.parent().unwrap()).unwrap().count();
        assert!(left == usize::from(existed), "moment {snapshot} leaves a stage");
    }
    assert!(n_old > 0 && n_old < n_snapshots);
}

#[test]
fn an_empty_output_gets_all_files() {
    let disk = Disk::new();
    let site = [("index.html", "home"), ("2019/03/rally/index.html", "rally")];
    let published = disk.build(&site).unwrap();
    assert_eq!(published, Published { written: 3, ..Published::default() });
    assert_eq!(disk.files(), of(&site));
    let list = fs::read_to_string(disk.at("manifest.txt")).unwrap();
    assert_eq!(list, "pressmark manifest 1\n2019/03/rally/index.html\nindex.html\n");
    assert!(disk.is_tidy());
}

#[test]
fn a_second_build_changes_nothing() {
    let disk = Disk::new();
    let site = [("index.html", "home"), ("a/index.html", "a")];
    disk.build(&site).unwrap();
    let modified = |path| fs::metadata(disk.at(path)).unwrap().modified().unwrap();
    let before = (modified("index.html"), modified("manifest.txt"));
    let published = disk.build(&site).unwrap();
    assert_eq!(published, Published { unchanged: 3, ..Published::default() });
    assert_eq!((modified("index.html"), modified("manifest.txt")), before);
    assert!(disk.is_tidy());
}

#[test]
fn files_of_the_same_size_are_compared_by_their_bytes() {
    let disk = Disk::new();
    let long = "x".repeat(200_000);
    let changed = format!("{}y", "x".repeat(199_999));
    disk.build(&[("a.txt", &long), ("b.txt", "one")]).unwrap();
    let published = disk.build(&[("a.txt", &changed), ("b.txt", "two")]).unwrap();
    assert_eq!((published.written, published.unchanged), (2, 1));
    assert_eq!(disk.files(), of(&[("a.txt", &changed), ("b.txt", "two")]));
    let published = disk.build(&[("a.txt", &changed), ("b.txt", "two")]).unwrap();
    assert_eq!((published.written, published.unchanged), (0, 3));
}

#[test]
fn stale_files_and_their_folders_go() {
    let disk = Disk::new();
    disk.build(&[("index.html", "home"), ("a/b/c/index.html", "c"), ("a/x.html", "x")])
        .unwrap();
    let published = disk.build(&[("index.html", "home"), ("a/x.html", "x")]).unwrap();
    assert_eq!((published.removed, published.unchanged, published.written), (1, 2, 1));
    assert_eq!(disk.files(), of(&[("index.html", "home"), ("a/x.html", "x")]));
    disk.build(&[("index.html", "home")]).unwrap();
    assert_eq!(disk.files(), of(&[("index.html", "home")]));
}

#[test]
fn an_unknown_file_is_left_alone() {
    let disk = Disk::new();
    disk.build(&[("a/index.html", "a")]).unwrap();
    disk.put("a/notes.txt", "mine");
    disk.put("CNAME", "example.org");
    fs::create_dir(disk.at("empty")).unwrap();
    let published = disk.build(&[("index.html", "home")]).unwrap();
    assert_eq!((published.removed, published.left_alone), (1, 2));
    let left = [
        ("a/notes.txt", "mine"),
        ("CNAME", "example.org"),
        ("empty/", ""),
        ("index.html", "home"),
    ];
    assert_eq!(disk.files(), of(&left));
}

#[test]
fn an_unknown_file_where_a_page_must_go_is_refused() {
    let disk = Disk::new();
    disk.build(&[("index.html", "home")]).unwrap();
    disk.put("a/index.html", "mine");
    disk.put("b", "mine too");
    let before = tree(&disk.output());
    let site = [("index.html", "new"), ("a/index.html", "a"), ("b/index.html", "b")];
    let faults = disk.build(&site).unwrap_err();
    let places: Vec<_> = faults.iter().map(|fault| &*fault.places[0].file).collect();
    assert!(faults.iter().all(|fault| fault.code == Code::OutputNotOurs));
    assert!(
        places[0].ends_with("public/a/index.html") && places[1].ends_with("public/b")
    );
    assert_eq!(tree(&disk.output()), before);
    assert!(disk.is_tidy());

    let published = disk.build_with(Unknown::Adopt, &site).unwrap();
    assert_eq!((published.written, published.removed), (4, 1));
    assert_eq!(disk.files(), of(&site));
}

#[test]
fn an_unknown_file_that_came_during_the_build_is_kept() {
    for old in [&[][..], &[("index.html", "home")][..]] {
        let disk = Disk::new();
        if !old.is_empty() {
            disk.build(old).unwrap();
        }
        let stage = staged(&disk.output(), Unknown::Refuse, &[("a", "a")]).unwrap();
        disk.put("a", "mine");
        assert!(stage.commit().is_err());
        assert_eq!(fs::read_to_string(disk.at("a")).unwrap(), "mine");
        assert!(disk.is_tidy());
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let disk = Disk::new();
    disk.put("holiday/beach.jpg", "sand");
    let faults = disk.build(&[("index.html", "home")]).unwrap_err();
    let message = "the output folder holds files that pressmark did not write, \
                   such as `holiday`";
    assert_eq!(only(&faults), (Code::OutputNotOurs, message.to_owned()));
    assert!(faults[0].hints.iter().any(|hint| hint.contains("--adopt")));
    assert!(faults[0].hints.iter().any(|hint| hint.contains("--remove-unknown")));
    assert_eq!(disk.files(), of(&[("holiday/beach.jpg", "sand")]));
    assert!(disk.is_tidy());
}

#[test]
fn adopt_keeps_what_no_page_replaces() {
    let disk = Disk::new();
    disk.put("index.html", "old home");
    disk.put("same.html", "same");
    disk.put("holiday/beach.jpg", "sand");
    disk.put("manifest.txt", "of somebody else");
    let site = [("index.html", "home"), ("same.html", "same")];
    let published = disk.build_with(Unknown::Adopt, &site).unwrap();
    let wanted = Published { written: 2, unchanged: 1, removed: 0, left_alone: 1 };
    assert_eq!(published, wanted);
    disk.build(&[("index.html", "home")]).unwrap();
    assert_eq!(
        disk.files(),
        of(&[("index.html", "home"), ("holiday/beach.jpg", "sand")])
    );
}

#[test]
fn remove_clears_what_is_not_ours() {
    let disk = Disk::new();
    disk.put("index.html", "old home");
    disk.put("holiday/2019/beach.jpg", "sand");
    disk.put(".git/HEAD", "ref");
    disk.put(".nojekyll", "");
    let published = disk.build_with(Unknown::Remove, &[("index.html", "home")]).unwrap();
    let wanted = Published { written: 2, unchanged: 0, removed: 1, left_alone: 1 };
    assert_eq!(published, wanted);
    let left = [(".git/HEAD", "ref"), (".nojekyll", ""), ("index.html", "home")];
    assert_eq!(disk.files(), of(&left));
}

#[test]
fn a_folder_with_dot_entries_only_counts_as_empty() {
    let disk = Disk::new();
    disk.put(".git/HEAD", "ref");
    let published = disk.build(&[("index.html", "home")]).unwrap();
    assert_eq!((published.written, published.left_alone), (2, 0));
    assert_eq!(disk.files(), of(&[(".git/HEAD", "ref"), ("index.html", "home")]));
    let faults = disk.build(&[(".git/hooks/post-merge", "harm")]).unwrap_err();
    assert_eq!(only(&faults).0, Code::OutputFailed);
}

#[test]
fn the_folder_of_a_site_is_no_output() {
    let disk = Disk::new();
    disk.put("config.toml", "title = \"x\"");
    disk.put("content/a.md", "a");
    for unknown in [Unknown::Adopt, Unknown::Remove] {
        let faults = disk.build_with(unknown, &[("index.html", "home")]).unwrap_err();
        assert_eq!(only(&faults).0, Code::OutputNotOurs);
    }
    assert_eq!(disk.files().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_is_not_followed() {
    let disk = Disk::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = of(&[("index.html", "theirs"), ("old.html", "theirs")]);
    for (path, text) in &outside {
        fs::write(elsewhere.path().join(path), text).unwrap();
    }
    let old = [("a/index.html", "a"), ("a/old.html", "theirs"), ("b.html", "theirs")];
    disk.build(&old).unwrap();
    fs::remove_dir_all(disk.at("a")).unwrap();
    fs::remove_file(disk.at("b.html")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), disk.at("a")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("old.html"), disk.at("b.html"))
        .unwrap();
    let new = [("a/index.html", "theirs"), ("b.html", "theirs")];
    let faults = disk.build(&new).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code == Code::OutputNotOurs));
    assert_eq!(tree(elsewhere.path()), outside);

    // No page goes through the links: they stay.
    disk.build(&[("index.html", "home")]).unwrap();
    assert_eq!(disk.files().len(), 3);
    assert_eq!(tree(elsewhere.path()), outside);

    disk.build_with(Unknown::Adopt, &new).unwrap();
    assert_eq!(disk.files(), of(&new));
    assert_eq!(tree(elsewhere.path()), outside);
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_followed_once() {
    let disk = Disk::new();
    let real = disk.folder.path().join("releases/one");
    fs::create_dir_all(&real).unwrap();
    std::os::unix::fs::symlink(&real, disk.output()).unwrap();
    disk.build(&[("index.html", "one")]).unwrap();
    staged(&disk.at(""), Unknown::Refuse, &[("index.html", "two")])
        .unwrap()
        .commit()
        .unwrap();
    assert!(fs::symlink_metadata(disk.output()).unwrap().is_symlink());
    assert_eq!(disk.files(), of(&[("index.html", "two")]));
    assert_eq!(fs::read_dir(real.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let disk = Disk::new();
    let file = [("a", "file"), ("b/c/d", "d")];
    let folder = [("a/b/c", "c"), ("a/d", "d"), ("b", "file")];
    disk.build(&file).unwrap();
    let published = disk.build(&folder).unwrap();
    assert_eq!((published.written, published.removed), (4, 2));
    assert_eq!(disk.files(), of(&folder));
    fs::create_dir_all(disk.at("a/empty/folder")).unwrap();
    disk.build(&file).unwrap();
    assert_eq!(disk.files(), of(&file));
}

#[test]
fn a_folder_with_unknown_files_does_not_become_a_file() {
    let disk = Disk::new();
    disk.build(&[("a/b", "b")]).unwrap();
    disk.put("a/mine", "mine");
    for unknown in [Unknown::Refuse, Unknown::Adopt] {
        let faults = disk.build_with(unknown, &[("a", "file")]).unwrap_err();
        assert_eq!(only(&faults).0, Code::OutputNotOurs);
        assert_eq!(disk.files(), of(&[("a/b", "b"), ("a/mine", "mine")]));
    }
    disk.build_with(Unknown::Remove, &[("a", "file")]).unwrap();
    assert_eq!(disk.files(), of(&[("a", "file")]));
}

#[test]
fn a_death_at_any_moment_leaves_the_old_or_the_new_site() {
    dies_at_every_moment(
        &[("index.html", "home"), ("a", "file"), ("b/c/d", "d"), ("old/x.html", "x")],
        &[("index.html", "new"), ("a/b", "b"), ("b", "file"), ("c/index.html", "c")],
    );
}

#[test]
fn a_death_at_any_moment_of_the_first_build_leaves_all_or_nothing() {
    dies_at_every_moment(&[], &[("index.html", "home"), ("a/index.html", "a")]);
}

#[test]
fn an_incomplete_journal_is_discarded() {
    let disk = Disk::new();
    disk.build(&[("index.html", "home")]).unwrap();
    let staging = disk.folder.path().join(".public.pressmark");
    fs::create_dir_all(staging.join("files")).unwrap();
    fs::write(staging.join("files/index.html"), "half").unwrap();
    fs::write(staging.join("journal.new"), "pressmark journal 1\n+ index").unwrap();
    drop(Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap());
    assert_eq!(disk.files(), of(&[("index.html", "home")]));
    assert!(disk.is_tidy());
}

#[test]
fn a_damaged_journal_is_not_guessed_at() {
    let disk = Disk::new();
    disk.build(&[("index.html", "home")]).unwrap();
    let staging = disk.folder.path().join(".public.pressmark");
    for text in [
        "pressmark journal 1\n- index.html\n",
        "pressmark journal 1\n- index.html\nend 2\n",
        "pressmark journal 1\n- index.html\nend 1\n- index.html\n",
        "pressmark journal 1\n- ../index.html\nend 1\n",
        "",
    ] {
        fs::create_dir_all(&staging).unwrap();
        fs::write(staging.join("journal"), text).unwrap();
        let faults =
            Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).err().unwrap();
        assert_eq!(only(&faults).0, Code::OutputFailed);
        assert_eq!(disk.files(), of(&[("index.html", "home")]));
        assert_eq!(fs::read_to_string(staging.join("journal")).unwrap(), text);
    }
}

#[test]
fn a_second_build_at_the_same_time_is_refused() {
    let disk = Disk::new();
    let first = Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap();
    let faults = Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).err().unwrap();
    let (code, message) = only(&faults);
    assert_eq!(code, Code::OutputFailed);
    assert!(message.starts_with("another build is writing to `"));
    drop(first);
    drop(Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap());
}

#[test]
fn a_stage_that_is_dropped_leaves_nothing() {
    let disk = Disk::new();
    let output = disk.folder.path().join("deep/down/public");
    let stage = staged(&output, Unknown::Refuse, &[("a/index.html", "a")]).unwrap();
    drop(stage);
    assert_eq!(tree(disk.folder.path()), of(&[("", "")]));
}

#[test]
fn a_path_that_leads_out_is_refused() {
    let disk = Disk::new();
    for path in
        ["", "/a", "a//b", "a/", "../a", "a/../../b", ".", "a\nb", "a\\b", "manifest.txt"]
    {
        let stage = Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap();
        assert_eq!(stage.write(path, b"x").unwrap_err().code, Code::OutputFailed);
        assert!(stage.commit().is_err(), "{path}");
    }
    assert_eq!(tree(disk.folder.path()), of(&[("", "")]));
}

#[test]
fn two_files_on_one_path_are_refused() {
    let disk = Disk::new();
    disk.build(&[("a", "a")]).unwrap();
    for path in ["a", "b"] {
        let stage = Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap();
        stage.write(path, b"a").unwrap();
        assert!(stage.write(path, b"a").is_err());
        assert!(stage.commit().is_err());
    }
    let stage = staged(&disk.output(), Unknown::Refuse, &[("a", "a"), ("a/b", "b")]);
    assert!(stage.unwrap().commit().is_err());
    assert_eq!(disk.files(), of(&[("a", "a")]));
}

#[test]
fn a_copied_file_is_compared_too() {
    let disk = Disk::new();
    let source = disk.folder.path().join("photo.jpg");
    let copy = || {
        let stage = Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap();
        stage.copy("a/photo.jpg", &source).unwrap();
        stage.commit().unwrap()
    };
    fs::write(&source, "x".repeat(70_000)).unwrap();
    assert_eq!(copy().written, 2);
    assert_eq!(copy().unchanged, 2);
    fs::write(&source, "y".repeat(70_000)).unwrap();
    assert_eq!(copy().written, 1);
    assert_eq!(disk.files(), of(&[("a/photo.jpg", &"y".repeat(70_000))]));
    let stage = Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap();
    let fault = stage.copy("b", &disk.folder.path().join("missing")).unwrap_err();
    assert_eq!(fault.code, Code::Unreadable);
}

#[test]
fn many_threads_stage_at_once() {
    let disk = Disk::new();
    let paths: Vec<_> = (0..500).map(|n| format!("{}/{n}/index.html", n % 7)).collect();
    for wanted in [(501, 0), (0, 501)] {
        let stage = Stage::open(&disk.output(), Unknown::Refuse, Same::Keep).unwrap();
        let faults =
            crate::parallel::map(&paths, |path| stage.write(path, path.as_bytes()).err());
        assert!(faults.iter().all(Option::is_none));
        let published = stage.commit().unwrap();
        assert_eq!((published.written, published.unchanged), wanted);
    }
}

#[test]
fn an_output_that_cannot_be_a_folder_is_refused() {
    let disk = Disk::new();
    fs::write(disk.output(), "a file").unwrap();
    let faults = disk.build(&[("index.html", "home")]).unwrap_err();
    assert_eq!(only(&faults).0, Code::OutputFailed);
    assert_eq!(fs::read_to_string(disk.output()).unwrap(), "a file");
    assert!(Stage::open(Path::new("/"), Unknown::Refuse, Same::Keep).is_err());
    assert!(
        Stage::open(&disk.folder.path().join("no/.."), Unknown::Refuse, Same::Keep)
            .is_err()
    );
    assert!(disk.is_tidy());
}
