// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/bookmark_panel.h"

#include "ui/base/owned.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QKeyEvent>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace nunatak::ui::ground {

namespace {

QToolButton* bookmarkButton(const char* name, const char* icon, const QString& text, const QString& tip) {
    auto* button = owned<QToolButton>();
    button->setObjectName(QLatin1String(name));
    button->setIcon(QIcon::fromTheme(QLatin1String(icon)));
    button->setText(text);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

BookmarkPanel::BookmarkPanel(QWidget* parent) : QWidget(parent) {
    m_list = owned<QListWidget>();
    m_list->setObjectName(QStringLiteral("bookmarks"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->installEventFilter(this);
    m_add = bookmarkButton("bookmarkAdd", "bookmark-new", tr("Add"), tr("Keep this view (Ctrl+B)"));
    m_rename = bookmarkButton("bookmarkRename", "edit-rename", tr("Rename"), tr("Rename (F2)"));
    m_remove = bookmarkButton("bookmarkRemove", "edit-delete", tr("Remove"), tr("Take away (Del)"));

    auto* buttons = owned<QHBoxLayout>();
    buttons->setContentsMargins(6, 4, 6, 4);
    buttons->setSpacing(2);
    buttons->addWidget(m_add);
    buttons->addWidget(m_rename);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    setMinimumWidth(200);

    connect(m_add, &QToolButton::clicked, this, &BookmarkPanel::addRequested);
    connect(m_rename, &QToolButton::clicked, this, [this] {
        if (m_list->currentItem() != nullptr) {
            m_list->editItem(m_list->currentItem());
        }
    });
    connect(m_remove, &QToolButton::clicked, this, &BookmarkPanel::removeCurrent);
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { Q_EMIT activated(m_list->row(item)); });
    connect(m_list, &QListWidget::currentItemChanged, this, &BookmarkPanel::updateButtons);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        if (!m_filling) {
            Q_EMIT renamed(m_list->row(item), item->text());
        }
    });
    updateButtons();
}

void BookmarkPanel::setBookmarks(const QStringList& names, bool writable) {
    m_filling = true;
    m_writable = writable;
    const int current = m_list->currentRow();
    m_list->clear();
    for (const auto& name : names) {
        auto* item = owned<QListWidgetItem>(QIcon::fromTheme(QStringLiteral("bookmarks")), name, m_list);
        item->setFlags(writable ? item->flags() | Qt::ItemIsEditable : item->flags());
    }
    m_list->setCurrentRow(std::min(current, m_list->count() - 1));
    m_filling = false;
    updateButtons();
}

void BookmarkPanel::updateButtons() {
    const bool chosen = m_writable && m_list->currentItem() != nullptr;
    m_add->setEnabled(m_writable);
    m_rename->setEnabled(chosen);
    m_remove->setEnabled(chosen);
}

void BookmarkPanel::removeCurrent() {
    if (m_writable && m_list->currentRow() >= 0) {
        Q_EMIT removeRequested(m_list->currentRow());
    }
}

bool BookmarkPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress && m_list->currentItem() != nullptr) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Delete) {
            removeCurrent();
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT activated(m_list->currentRow());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace nunatak::ui::ground
