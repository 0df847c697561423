// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/version_list.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui::learn {

namespace {

constexpr int fingerprintRole = Qt::UserRole;
constexpr int shownRows = 4;

QString measuredText(const std::optional<models::LearningRecord>& record) {
    if (!record || record->measured.empty()) {
        return QStringLiteral("–");
    }
    const QLocale locale;
    const auto numbers = QStringLiteral("%1 → %2").arg(locale.toString(record->before, 'f', 3),
                                                       locale.toString(record->after, 'f', 3));
    return record->heldOut > 0 ? numbers : QStringLiteral("(%1)").arg(numbers);
}

QString tipOf(const VersionList::Version& version) {
    const auto& manifest = version.model.manifest;
    auto tip = VersionList::tr("%1, version %2. %3")
                   .arg(text(manifest.name))
                   .arg(manifest.version)
                   .arg(text(manifest.provenance));
    if (version.record && !version.record->measured.empty()) {
        tip += QStringLiteral("\n\n") +
               (version.record->heldOut > 0
                    ? VersionList::tr("Measured on %1 of %2 reviewed glaciers, which it did not learn from.")
                          .arg(version.record->heldOut)
                          .arg(version.record->reviewed)
                    : VersionList::tr("In brackets: measured on what it learnt from, which says nothing of "
                                      "other glaciers."));
    }
    return tip;
}

} // namespace

VersionList::VersionList(QWidget* parent) : QWidget(parent) {
    m_list = owned<QTreeWidget>();
    m_list->setObjectName(QStringLiteral("modelVersions"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Version"), tr("IoU")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->setTextElideMode(Qt::ElideRight);
    m_use = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("dialog-ok-apply")), tr("Use this version"));
    m_use->setObjectName(QStringLiteral("useVersion"));
    m_use->setToolTip(tr("The project predicts with it and learns from it; the others stay"));

    auto* buttons = owned<QHBoxLayout>();
    buttons->addStretch(1);
    buttons->addWidget(m_use);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    layout->addLayout(buttons);

    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &VersionList::updateButton);
    const auto use = [this] {
        if (const auto* item = m_list->currentItem(); item != nullptr && m_use->isEnabled()) {
            Q_EMIT useRequested(item->data(0, fingerprintRole).toString());
        }
    };
    connect(m_use, &QPushButton::clicked, this, use);
    connect(m_list, &QTreeWidget::itemActivated, this, use);
    updateButton();
}

void VersionList::setVersions(const std::vector<Version>& versions, const QString& used) {
    m_used = used;
    m_list->clear();
    for (const auto& version : versions) {
        const auto& manifest = version.model.manifest;
        const auto title = version.record && !version.record->title.empty() ? text(version.record->title)
                                                                            : text(manifest.name);
        auto* item = owned<QTreeWidgetItem>(QStringList{title, measuredText(version.record)});
        const auto fingerprint = text(manifest.fingerprint);
        item->setData(0, fingerprintRole, fingerprint);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        const auto tip = tipOf(version);
        item->setToolTip(0, tip);
        item->setToolTip(1, tip);
        if (fingerprint == used) {
            auto bold = item->font(0);
            bold.setBold(true);
            item->setFont(0, bold);
            item->setIcon(0, QIcon::fromTheme(QStringLiteral("dialog-ok")));
        }
        m_list->addTopLevelItem(item);
    }
    const int rows = std::clamp(static_cast<int>(versions.size()), 1, shownRows);
    m_list->setFixedHeight(m_list->header()->sizeHint().height() + rows * (fontMetrics().height() + 8) +
                           2 * m_list->frameWidth());
    setVisible(versions.size() > 1);
    updateButton();
}

void VersionList::updateButton() {
    const auto* item = m_list->currentItem();
    m_use->setEnabled(item != nullptr && !m_list->selectedItems().isEmpty() &&
                      item->data(0, fingerprintRole).toString() != m_used);
}

} // namespace nunatak::ui::learn
