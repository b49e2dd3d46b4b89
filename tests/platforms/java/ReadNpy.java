package com.example.app.model;

import android.content.res.Resources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints what the app's NpyFile makes of each file: the numbers, or its words. */
public final class ReadNpy {
    private ReadNpy() {}

    public static void main(String[] arguments) throws Exception {
        Resources resources = new Resources(arguments[0].split(","));
        TensorInfo input = new TensorInfo("n", DType.FLOAT32, 2, 3);
        Method read =
                Class.forName("com.example.app.NpyFile")
                        .getDeclaredMethod("read", Resources.class, TensorInfo.class, InputStream.class);
        read.setAccessible(true);
        for (int at = 1; at < arguments.length; at++) {
            byte[] file = Files.readAllBytes(Path.of(arguments[at]));
            System.out.println(words(read, resources, input, new ByteArrayInputStream(file)));
        }
    }

    private static String words(Method read, Resources resources, TensorInfo input, InputStream file)
            throws IllegalAccessException {
        try {
            Tensor tensor = (Tensor) read.invoke(null, resources, input, file);
            StringBuilder numbers = new StringBuilder();
            for (int at = 0; at < tensor.count(); at++) {
                numbers.append(at == 0 ? "" : " ").append(tensor.get(at));
            }
            return numbers.toString();
        } catch (InvocationTargetException e) {
            boolean expected = e.getCause() instanceof IOException;
            return expected ? e.getCause().getMessage() : e.getCause().toString();
        }
    }
}
