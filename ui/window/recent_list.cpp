// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recent_list.h"

#include "ui/base/owned.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

namespace nunatak::ui::window {

namespace {

enum RecentRole { FileRole = Qt::UserRole, FolderRole, TimeRole };

QString timeText(const QFileInfo& info) {
    if (!info.exists()) {
        return RecentList::tr("not found");
    }
    const auto days = info.lastModified().daysTo(QDateTime::currentDateTime());
    if (days <= 0) {
        return RecentList::tr("today");
    }
    return days == 1 ? RecentList::tr("yesterday")
                     : QLocale().toString(info.lastModified().date(), QLocale::ShortFormat);
}

/// Name and time in one line, the folder below it.
class RecentDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {200, 2 * option.fontMetrics.height() + 20};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool there = index.data(TimeRole).toString() != RecentList::tr("not found");
        const auto& palette = option.palette;
        const QRectF row = QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5);
        if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(palette.color(QPalette::Midlight));
            painter->drawRoundedRect(row, 5, 5);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(palette.color(QPalette::Highlight), 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        }
        const auto inside = option.rect.adjusted(RecentList::textIndent, 8, -RecentList::textIndent, -8);
        const int half = inside.height() / 2;
        const QRect upper(inside.left(), inside.top(), inside.width(), half);
        const QRect lower(inside.left(), inside.top() + half, inside.width(), inside.height() - half);
        const auto pale = palette.color(QPalette::PlaceholderText);

        painter->setFont(option.font);
        painter->setPen(pale);
        const auto time = index.data(TimeRole).toString();
        painter->drawText(upper, Qt::AlignRight | Qt::AlignVCenter, time);
        painter->drawText(
            lower, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data(FolderRole).toString(), Qt::ElideMiddle, lower.width()));
        QFont bold = option.font;
        bold.setBold(true);
        painter->setFont(bold);
        painter->setPen(there ? palette.color(QPalette::Text) : pale);
        const int room = upper.width() - option.fontMetrics.horizontalAdvance(time) - RecentList::textIndent;
        painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(bold).elidedText(index.data().toString(), Qt::ElideMiddle, room));
        painter->restore();
    }
};

} // namespace

RecentList::RecentList(QWidget* parent) : QListWidget(parent) {
    setItemDelegate(owned<RecentDelegate>(this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setCursor(Qt::PointingHandCursor);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { Q_EMIT chosen(item->data(FileRole).toString()); });
}

void RecentList::setFiles(const QStringList& files) {
    clear();
    const auto home = QDir::homePath();
    for (const auto& file : files) {
        const QFileInfo info(file);
        auto* item = owned<QListWidgetItem>(info.completeBaseName(), this);
        QString folder = info.absolutePath();
        if (folder == home || folder.startsWith(home + QLatin1Char('/'))) {
            folder.replace(0, home.size(), QStringLiteral("~"));
        }
        item->setData(FileRole, file);
        item->setData(FolderRole, folder);
        item->setData(TimeRole, timeText(info));
        item->setToolTip(file);
    }
}

void RecentList::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentItem() != nullptr) {
        Q_EMIT chosen(currentItem()->data(FileRole).toString());
        return;
    }
    QListWidget::keyPressEvent(event);
}

} // namespace nunatak::ui::window
