//! One device: whose it is, when it was heard, and shutting it out.

use dossier::access::DeviceStatus;
use dossier::manage::{Ask, DeviceLine, Told};
use leptos::prelude::*;

use super::fields::{Deed, fact};
use super::hall::Hall;
use app::live::{RwSignal, live};
use app::text::time;

fn find(hall: Hall, key: &str) -> Option<DeviceLine> {
    hall.find(|told| match told {
        Told::Devices(devices) => devices.iter().find(|one| one.handle.to_string() == key).cloned(),
        _ => None,
    })
}

/// One device.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    find(hall, key)?;
    let key = key.to_owned();
    let sure = RwSignal::new(false);
    Some(live(move || find(hall, &key).map(|one| facts(hall, &one, sure))))
}

fn facts(hall: Hall, one: &DeviceLine, sure: RwSignal<bool>) -> AnyView {
    let today = hall.today.get();
    let handle = one.handle;
    let heard = one.last_contact.map(|at| time::moment(at, today)).unwrap_or_default();
    let deed = move || {
        if sure.get() {
            view! {
                <div class="two">
                    <p>"Máy bị thu hồi không vào được nữa và sẽ tự xóa. Những gì máy chưa gửi được giữ riêng để cán bộ xem."</p>
                    <div class="row wrap">
                        <Deed words="Thu hồi" run=move |()| hall.act(Ask::Revoke(handle), false) main=true/>
                        <Deed words="Thôi" run=move |()| sure.set(false)/>
                    </div>
                </div>
            }
            .into_any()
        } else {
            view! { <Deed words="Thu hồi máy này" run=move |()| sure.set(true)/> }.into_any()
        }
    };
    let state = match one.status {
        DeviceStatus::Ok => "đang dùng",
        DeviceStatus::Cloned => "có bản sao, cần đăng nhập lại",
        DeviceStatus::Revoked => "đã thu hồi",
    };
    view! {
        <h2>{one.name.clone()}</h2>
        <dl class="kv">
            {fact("Người dùng", one.person.clone())}
            {fact("Mã máy", handle.to_string())}
            {fact("Trạng thái", state)}
            {fact("Vào lần đầu", time::moment(one.enrolled, today))}
            {fact("Liên lạc cuối", heard)}
            {fact("Chưa gửi", one.unsent.to_string())}
        </dl>
        {(one.status == DeviceStatus::Cloned).then(|| view! {
            <p>"Hai máy cùng dùng một danh tính, hoặc máy được khôi phục từ bản cũ. Người dùng đăng nhập lại là xong; việc đã khai vẫn ở trên máy."</p>
            <Deed words="Chỉ có một máy, cho dùng tiếp" run=move |()| hall.act(Ask::Reinstate(handle), false)/>
        })}
        {(one.status != DeviceStatus::Revoked).then(|| live(deed))}
    }
    .into_any()
}
