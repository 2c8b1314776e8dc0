//! How much a file may hold. Nothing a comune writes by hand comes near; whatever goes beyond is refused before it is built,
//! so that a file costs a bounded memory and a bounded time, whatever it says of itself.

/// Bytes of a file: the largest plan seen is under a hundredth of it.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;

/// Entries of an archive: a workbook of a hundred sheets with pictures has a few hundreds.
pub const ARCHIVE_ENTRIES: usize = 2_000;

/// Bytes that come out of all the entries read, counted as they come out: what an archive declares is not believed.
pub const INFLATED_BYTES: usize = 100 * 1024 * 1024;

/// How many bytes may come out of one. Sheets full of the same cells reach some tens.
pub const INFLATION_RATIO: usize = 200;

/// Below so many bytes the ratio is not looked at: a short part of the same few words is small, however well it packs.
pub const RATIO_FREE_BYTES: usize = 1024 * 1024;

/// Elements one within the other: a table in a table in a table is about sixty.
pub const XML_DEPTH: usize = 200;

/// Bytes of one tag or of one stretch of text: the longest cell, with each of its characters written as a reference.
pub const XML_EVENT_BYTES: usize = 2 * 1024 * 1024;

/// Lines of a source: a plan of five hundred pages has some twenty thousand.
pub const LINES: usize = 100_000;

/// Cells of a source, empty ones included.
pub const CELLS: usize = 1_000_000;

/// Cells of one line: the widest tables seen have some thirty.
pub const LINE_CELLS: usize = 1_000;

/// Characters of one cell: three times what a workbook can hold in one.
pub const CELL_CHARACTERS: usize = 100_000;

/// Bytes of all the words of a source, in UTF-8: twice the largest file, because a workbook stores once what many cells say.
pub const TEXT_BYTES: usize = 40 * 1024 * 1024;

/// Sheets of a workbook.
pub const SHEETS: usize = 100;

/// Rows of a sheet: no program writes more.
pub const SHEET_ROWS: u32 = 1_048_576;
