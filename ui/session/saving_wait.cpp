// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/saving_wait.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/session/session.h"

#include <QMessageBox>
#include <QPushButton>

#include <chrono>

namespace nunatak::ui::session {

SavingWait::SavingWait(Session& session, QWidget* window)
    : QObject(window), m_session(session), m_window(window) {
    // Saving takes milliseconds as a rule; a dialog that flashes would only startle.
    m_patience.setInterval(std::chrono::milliseconds(400));
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &SavingWait::showWhy);
    connect(&m_session, &Session::savingChanged, this, &SavingWait::look);
}

void SavingWait::begin() {
    m_patience.start();
    look();
}

void SavingWait::look() {
    if (m_over) {
        return;
    }
    if (m_session.project().isSaved()) {
        m_over = true;
        m_patience.stop();
        if (m_box != nullptr) {
            m_box->hide();
            m_box->deleteLater();
        }
        // Later, because whoever hears it may end the session, whose signal this is.
        QMetaObject::invokeMethod(
            m_window,
            [this, self = QPointer<SavingWait>(this)] {
                if (self != nullptr) {
                    deleteLater();
                    Q_EMIT saved();
                }
            },
            Qt::QueuedConnection);
    } else if (m_box != nullptr) {
        m_box->setInformativeText(text(m_session.project().savingProblem()));
    }
}

void SavingWait::showWhy() {
    look();
    if (m_over) {
        return;
    }
    m_box = owned<QMessageBox>(QMessageBox::Information, tr("Saving"), tr("Saving the last changes…"),
                               QMessageBox::NoButton, m_window);
    m_box->setObjectName(QStringLiteral("saving"));
    m_box->setAttribute(Qt::WA_DeleteOnClose);
    m_box->setInformativeText(text(m_session.project().savingProblem()));
    m_box->addButton(tr("Keep the project open"), QMessageBox::RejectRole);
    connect(m_box, &QMessageBox::rejected, this, [this] {
        if (!m_over) {
            m_over = true;
            deleteLater();
            Q_EMIT keptOpen();
        }
    });
    connect(m_box, &QMessageBox::buttonClicked, m_box, &QMessageBox::reject);
    m_box->open();
}

} // namespace nunatak::ui::session
