//! Bytes to text: byte order mark, then UTF-8, then a guess that is noted.

use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::error::{Error, ErrorKind, Result, Warning};

/// A decoded text and how it was encoded.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
}

/// The encoding of a WHATWG label.
pub(super) fn by_label(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Error::setting("--encoding", label, "expected a label such as utf-8, windows-1252, iso-8859-15 or utf-16le")
    })
}

/// Decodes `bytes` of the file at `path`; a text with a NUL in it is none.
pub(super) fn decode(
    path: &Path,
    source: &str,
    bytes: &[u8],
    label: Option<&str>,
    warnings: &mut Vec<Warning>,
) -> Result<Decoded> {
    let decoded = decode_bytes(path, source, bytes, label, warnings)?;
    match decoded.text.find('\0') {
        Some(at) => {
            Err(refused(path, decoded.text.as_bytes(), at, "a NUL: this is no text file, or it has another --encoding"))
        }
        None => Ok(decoded),
    }
}

/// Decodes `bytes` of the file at `path`.
///
/// The order: a byte order mark, a label said by the user, UTF-8, and last a guess (Windows-1252 and its like), which
/// is noted as a warning. The mark itself is removed and nothing else is changed.
fn decode_bytes(
    path: &Path,
    source: &str,
    bytes: &[u8],
    label: Option<&str>,
    warnings: &mut Vec<Warning>,
) -> Result<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(path, &bytes[mark..], encoding);
    }
    if let Some(label) = label {
        return strictly(path, bytes, by_label(label)?);
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        let problem = "a NUL byte: this is no text file (or UTF-16 without a byte order mark: say --encoding utf-16le)";
        return Err(refused(path, bytes, at, problem));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: "UTF-8" });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"de"), Utf8Detection::Deny);
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let odd = text.chars().filter(|c| ('\u{80}'..='\u{9f}').contains(c) || *c == '\u{fffd}').count();
    if had_errors || odd * 1000 > text.chars().count() {
        let at = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), |_| 0);
        let problem =
            "neither UTF-8 nor a known one-byte encoding; say which with --encoding, or save the file as UTF-8";
        return Err(refused(path, bytes, at, problem));
    }
    let message = format!("not UTF-8; read as {} (say --encoding if that is wrong)", encoding.name());
    warnings.push(Warning::new(source, 0, "encoding-guessed", message));
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name() })
}

fn refused(path: &Path, bytes: &[u8], at: usize, problem: &str) -> Error {
    let line = line_of(bytes, at);
    ErrorKind::Encoding { path: path.into(), byte: at, line, problem: problem.into() }.into()
}

fn strictly(path: &Path, bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded> {
    if encoding == UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Decoded { text: text.to_owned(), encoding: "UTF-8" }),
            Err(e) => {
                let byte = e.valid_up_to();
                let problem =
                    format!("byte {:#04x} is not UTF-8; save the file as UTF-8 or say --encoding", bytes[byte]);
                Err(ErrorKind::Encoding { path: path.into(), byte, line: line_of(bytes, byte), problem }.into())
            }
        };
    }
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let at = text.find('\u{fffd}').unwrap_or(0);
        let line = text[..at].matches('\n').count() + 1;
        let problem = format!("not valid {}; say another --encoding", encoding.name());
        return Err(ErrorKind::Encoding { path: path.into(), byte: at, line, problem }.into());
    }
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name() })
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|&&b| b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], label: Option<&str>) -> (String, &'static str, usize) {
        let mut warnings = Vec::new();
        let decoded = decode(Path::new("a.txt"), "a.txt", bytes, label, &mut warnings).unwrap();
        (decoded.text, decoded.encoding, warnings.len())
    }

    #[test]
    fn marks_utf8_and_guesses() {
        assert_eq!(check("\u{feff}Grüße".as_bytes(), None), ("Grüße".into(), "UTF-8", 0));
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Grüße".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(check(&utf16, None), ("Grüße".into(), "UTF-16LE", 0));
        let latin = b"Gr\xfc\xdfe aus M\xfcnchen, sch\xf6ne Stra\xdfe f\xfcr B\xe4ume \x84so\x93";
        assert_eq!(check(latin, None), ("Grüße aus München, schöne Straße für Bäume „so“".into(), "windows-1252", 1));
        assert_eq!(check(b"Stra\xdfe", Some("iso-8859-1")).0, "Straße");
    }

    #[test]
    fn bad_bytes_are_named_by_line() {
        let mut warnings = Vec::new();
        let error = decode(Path::new("a.txt"), "a.txt", b"ab\nc\xff", Some("utf-8"), &mut warnings).err().unwrap();
        assert!(error.to_string().starts_with("a.txt:2: byte 4"), "{error}");
        let error = decode(Path::new("a.txt"), "a.txt", b"ab\n\0", None, &mut warnings).err().unwrap();
        assert!(error.to_string().contains("NUL"), "{error}");
    }
}
