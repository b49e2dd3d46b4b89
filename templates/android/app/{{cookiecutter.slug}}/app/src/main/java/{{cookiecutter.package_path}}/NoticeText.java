// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.graphics.Typeface;
import android.text.SpannableStringBuilder;
import android.text.Spanned;
import android.text.TextUtils;
import android.text.style.RelativeSizeSpan;
import android.text.style.StyleSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * The little Markdown that NOTICE.md is written in, as text to show: headings become bold, lines of
 * a paragraph are joined, and {@code \*} is a star. Anything else is shown as it stands.
 */
final class NoticeText {
    private static final String MARKS = "\\`*_[]<>#|&";

    private NoticeText() {}

    static CharSequence of(String markdown) {
        SpannableStringBuilder shown = new SpannableStringBuilder();
        List<String> paragraph = new ArrayList<>();
        for (String line : markdown.split("\r?\n")) {
            if (line.startsWith("#")) {
                end(paragraph, shown);
                heading(line.replaceFirst("#+ *", ""), shown);
            } else if (line.isEmpty()) {
                end(paragraph, shown);
            } else {
                paragraph.add(line);
            }
        }
        end(paragraph, shown);
        return shown;
    }

    private static void heading(String text, SpannableStringBuilder shown) {
        int from = shown.length();
        shown.append(plain(text)).append("\n\n");
        shown.setSpan(
                new StyleSpan(Typeface.BOLD),
                from,
                shown.length(),
                Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        shown.setSpan(
                new RelativeSizeSpan(1.25f),
                from,
                shown.length(),
                Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
    }

    private static void end(List<String> paragraph, SpannableStringBuilder shown) {
        if (!paragraph.isEmpty()) {
            shown.append(plain(TextUtils.join(" ", paragraph))).append("\n\n");
            paragraph.clear();
        }
    }

    /**
     * {@code text} without the backslashes that keep a mark from being one, and without the marks
     * of code.
     */
    private static String plain(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean escapes =
                    c == '\\' && at + 1 < text.length() && MARKS.indexOf(text.charAt(at + 1)) >= 0;
            if (escapes) {
                at++;
                kept.append(text.charAt(at));
            } else if (c != '`') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
