//! An answer that is on its way from the worker.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use dossier::intent::Answer;

/// The place an answer is put into once.
#[derive(Clone, Default)]
pub struct Slot(Rc<RefCell<(Option<Answer>, Option<Waker>)>>);

impl Slot {
    /// Puts the answer in and wakes who waits.
    pub fn fill(&self, answer: Answer) {
        let waker = {
            let mut slot = self.0.borrow_mut();
            slot.0 = Some(answer);
            slot.1.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Future for Slot {
    type Output = Answer;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        let mut slot = self.0.borrow_mut();
        match slot.0.take() {
            Some(answer) => Poll::Ready(answer),
            None => {
                slot.1 = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
