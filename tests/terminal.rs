//! A terminal on which the program runs, with somebody who reads and types.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// How long the program may take to say what is expected.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program that runs on a terminal.
pub(crate) struct Terminal {
    /// The program.
    child: Child,
    /// The keyboard.
    keys: File,
    /// What appears on the screen.
    screen: Receiver<Vec<u8>>,
    /// What appeared since something expected was last seen.
    text: String,
}

impl Terminal {
    /// Runs a program on a terminal.
    pub(crate) fn run(mut command: Command) -> Self {
        let outer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&outer).unwrap();
        unlockpt(&outer).unwrap();
        let name = ptsname(&outer, Vec::new()).unwrap();
        let inner = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let size = Winsize { ws_row: 24, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&inner, size).unwrap();
        let child = command
            .env("TERM", "xterm")
            .stdin(inner.try_clone().unwrap())
            .stdout(inner.try_clone().unwrap())
            .stderr(inner)
            .spawn()
            .unwrap();
        // The command holds the inner end too; the screen ends when all are gone.
        drop(command);
        let keys = File::from(outer);
        let mut output = keys.try_clone().unwrap();
        let (sender, screen) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // When the program has ended, the system says that there is an error.
            while let Ok(n) = output.read(&mut bytes) {
                if n == 0 || sender.send(bytes[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, keys, screen, text: String::new() }
    }

    /// Waits until words appear on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) -> &mut Self {
        loop {
            if let Some((_, rest)) = self.text.split_once(words) {
                self.text = rest.to_owned();
                return self;
            }
            let bytes = self.screen.recv_timeout(PATIENCE);
            assert!(bytes.is_ok(), "no `{words}` in:\n{}", self.text);
            self.text += &String::from_utf8_lossy(&bytes.unwrap_or_default());
        }
    }

    /// Types.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Waits until the program has ended. Returns its status, and what is on the
    /// screen that was not seen yet.
    pub(crate) fn ends(mut self) -> (ExitStatus, String) {
        while let Ok(bytes) = self.screen.recv_timeout(PATIENCE) {
            self.text += &String::from_utf8_lossy(&bytes);
        }
        drop(self.child.kill());
        (self.child.wait().unwrap(), self.text)
    }
}
