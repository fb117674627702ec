//! Reads the folders that are embedded in the program.

use include_dir::Dir;

/// All files of a folder and of the folders in it, each with its path from the outermost folder.
pub(crate) fn files(folder: &Dir<'static>) -> Vec<(&'static str, &'static [u8])> {
    let own = folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents())));
    own.chain(folder.dirs().flat_map(files)).collect()
}

/// The text of a file.
pub(crate) fn text(folder: &Dir<'static>, path: &str) -> Option<&'static str> {
    folder.get_file(path)?.contents_utf8()
}
